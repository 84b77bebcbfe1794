// The gap list by keyboard: j and k go down and up, Enter opens, x chooses. Without this script everything works by mouse and Tab.
document.addEventListener("keydown", (event) => {
  const list = document.querySelector(".gaps.choosable");
  if (!list || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) {
    return;
  }
  const gaps = [...list.querySelectorAll(".gap")];
  const at = gaps.findIndex((gap) => gap.contains(document.activeElement));
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const next = gaps[Math.max(0, Math.min(gaps.length - 1, at + (key === "j" ? 1 : at < 0 ? 1 : -1)))];
    if (next) {
      event.preventDefault();
      next.querySelector(".gap-title a").focus();
      next.scrollIntoView({ block: "nearest" });
    }
  } else if (key === "x" && at >= 0) {
    const box = gaps[at].querySelector("input[type=checkbox]");
    if (box) {
      event.preventDefault();
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  } else if (event.key === "Enter" && event.target.matches(".gap input[type=checkbox]")) {
    event.preventDefault();
    gaps[at].querySelector(".gap-title a").click();
  }
});

// Says how much of the gap list has changed since it was shown.
const news = document.getElementById("board-news");
if (news) {
  let changes = 0;
  const events = new EventSource("/api/v1/gaps/events");
  for (const name of ["gap", "forming", "article"]) {
    events.addEventListener(name, () => {
      changes++;
      news.textContent = news.dataset.text.replace("#", changes);
      news.hidden = false;
    });
  }
}
