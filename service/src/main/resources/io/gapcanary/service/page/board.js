// Says how much of the gap list has changed since it was shown.
const news = document.getElementById("board-news");
if (news) {
  let changes = 0;
  new EventSource("/api/v1/gaps/events").addEventListener("gap", () => {
    changes++;
    news.textContent = news.dataset.text.replace("#", changes);
    news.hidden = false;
  });
}
