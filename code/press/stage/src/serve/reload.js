// Reloads the page when the book has been rebuilt, and says so when it could not be.
// The number of the build that this page came from stands in this script's address.
//
// A page asks, again and again, and only while somebody looks at it. To be told by a stream would be sooner by half
// a second; but every tab would hold a connection, browsers open six of them, and the seventh tab would never load.

const EVERY_MS = 500;
// When the server is not there: until it is started again.
const LATER_MS = 3000;

const mine = Number(new URL(import.meta.url).searchParams.get("build"));
let shown = null;
let timer = 0;
let isAsking = false;

function show(reason) {
  if (reason === shown) return;
  shown = reason;
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

// How things stand: whether the server has answered.
async function ask() {
  try {
    const answer = await fetch("/api/reload", { cache: "no-store" });
    const { build, failed } = await answer.json();
    if (build !== mine) location.reload();
    else show(failed);
    return true;
  } catch {
    return false;
  }
}

async function look() {
  if (isAsking || document.hidden) return;
  clearTimeout(timer);
  isAsking = true;
  const isThere = await ask();
  isAsking = false;
  timer = setTimeout(look, isThere ? EVERY_MS : LATER_MS);
}

document.addEventListener("visibilitychange", look);
look();
