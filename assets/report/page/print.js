// Paper has no folds and is white: what is folded is printed, and folds again.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.more:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
