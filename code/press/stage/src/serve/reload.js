// Reloads the page when the book has been rebuilt, and says so when it could not be.
// The number of the build that this page came from stands in this script's address.

const mine = Number(new URL(import.meta.url).searchParams.get("build"));

function show(reason) {
  document.getElementById("workbook-failed")?.remove();
  if (!reason) return;
  const notice = document.createElement("div");
  notice.id = "workbook-failed";
  notice.setAttribute("role", "alert");
  notice.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:1000;max-height:40vh;overflow:auto;padding:0.75em 1em;" +
    "background:#7a1020;color:#fff;font:14px/1.4 ui-monospace,monospace;white-space:pre-wrap";
  notice.textContent = `The book could not be rebuilt: ${reason}`;
  document.body.append(notice);
}

const news = new EventSource("/api/reload");
news.addEventListener("message", ({ data }) => {
  const { build, failed } = JSON.parse(data);
  if (build !== mine) location.reload();
  else show(failed);
});
// A page that is being left must not hold one of the browser's few connections.
addEventListener("pagehide", () => news.close());
