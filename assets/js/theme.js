// Sets the paper before anything is painted: the system's choice. The panel
// can switch it.
"use strict";
document.documentElement.dataset.theme =
  matchMedia("(prefers-color-scheme: light)").matches ? "day" : "night";
