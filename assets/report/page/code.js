// Code shown or hidden for the whole page; each cell's folds by itself without this.
const { make } = feira;

const root = document.documentElement;
const cells = [...document.querySelectorAll("details.code")];
const aside = document.querySelector(".contents");
if (aside && cells.length > 0) {
  // What a notebook folded by itself stays so where the page shows its code.
  const folded = new Set(root.dataset.code === "shown" ? cells.filter(({ open }) => !open) : []);
  const button = make("button", { type: "button", id: "code-toggle" });
  const say = () => {
    button.textContent = root.dataset.code === "shown" ? "Hide code" : "Show code";
  };
  button.addEventListener("click", () => {
    root.dataset.code = root.dataset.code === "shown" ? "hidden" : "shown";
    for (const cell of cells) cell.open = root.dataset.code === "shown" && !folded.has(cell);
    say();
  });
  say();
  aside.firstElementChild.append(make("p", { className: "code-toggle" }, button));
}
