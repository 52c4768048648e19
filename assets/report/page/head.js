// Runs before anything is drawn: the theme that the reader chose the last time.
try {
  const theme = localStorage.getItem("feira-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A page from a mail attachment may not be allowed to remember.
}
