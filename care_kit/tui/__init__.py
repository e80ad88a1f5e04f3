"""The full-screen terminal application over the same core.

Who does what:

* `session.py` holds the open dossier and the `View` of it: the only place where anything is
  recomputed. `view.py` is what a screen reads: a situation and its look-ups, never changed.
* `app.py` alone writes. A screen posts `WriteAsked(action)`, where `action(dossier)` calls the same
  core function as the command line and returns the French sentence to tell; the application runs
  it, recomputes once, and shows the new view. A failure (`CareError`) is told on the line of
  messages and nothing seems saved.
* `places.py` lists the screens (id, French title, keys, class, command), loaded when first visited.
* `screens/` holds one file per screen or window, `widgets/` what they are made of.

How to add a screen:

1. `screens/plan.py`: `class PlanScreen(PlaceScreen)` with `PLACE = "plan"`, `body()` (what stands
   between the header and the line of messages), `draw()` (show `self.view` again; called when the
   screen appears and after each change) and `help_here()` (what F1 tells about the thing under the
   cursor). `tell(sentence)` writes on the line of messages. Lists are `widgets/rows.py`, which
   draws only what is seen; texts go through `wording.laid_out` or `wording.one_line`, so that
   nothing hostile reaches the terminal; no widget id is ever built from data.
2. `keys.py`: its bindings, each with a French id (the name people use in `touches.toml`), added to
   `BY_PLACE`; at most four are shown in the footer.
3. `places.py`: one line in `PLACES`.
4. `commands.py`: what the command palette offers there, each entry with the command line that does
   the same.
   Names such as `_attach`, `_name`, `title` or `_bindings` are taken by Textual's own classes: a
   method or attribute that bears one breaks the screen at its first visit.
5. Long work goes to a thread worker with a `group` of its own, `exit_on_error=False`; it posts
   messages and touches no widget.
6. `tests/tui/screens/test_plan.py`: its main gesture, through `running(...)` of
   `tests/tui/small.py`.

`python -m tests.tui.pictures` draws the pictures of `docs/fr/terminal.md` again.
"""
