// textual.js leaves the terminal without focus: keys would do nothing until a click.
new MutationObserver((_, observer) => {
  const keyboard = document.querySelector(".xterm-helper-textarea");
  if (keyboard && document.body.classList.contains("-first-byte")) {
    observer.disconnect();
    keyboard.focus();
  }
}).observe(document.documentElement, { subtree: true, attributeFilter: ["class"] });
