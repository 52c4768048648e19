// Light or dark: as the system has it, until the reader says otherwise.
const { make } = feira;

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

const button = make("button", { type: "button", className: "theme", title: "Light or dark" });
button.setAttribute("aria-label", "Dark theme");
const say = () => button.setAttribute("aria-pressed", String(isDark()));
button.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("feira-theme", root.dataset.theme);
  } catch {
    // Where nothing may be stored the choice lasts as long as the page.
  }
  say();
});
system.addEventListener("change", say);
say();
document.querySelector(".page").prepend(button);
