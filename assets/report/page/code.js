// Code shown or hidden, for the whole page.
const { make } = feira;

const aside = document.querySelector(".contents");
if (aside && document.querySelector(".code")) {
  const root = document.documentElement;
  const button = make("button", { type: "button", id: "code-toggle" });
  const say = () => {
    const shown = root.dataset.code === "shown";
    button.textContent = shown ? "Hide code" : "Show code";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => {
    root.dataset.code = root.dataset.code === "shown" ? "hidden" : "shown";
    say();
  });
  say();
  aside.firstElementChild.append(make("p", { className: "code-toggle" }, button));
}
