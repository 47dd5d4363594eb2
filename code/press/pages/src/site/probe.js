
// This page stands at addresses of any depth, and was built without knowing the folder of its site: the
// nearest folder above the asked address that has the book's script is it. The question is put before the
// page goes on, or its styles would be asked for in vain.
(() => {
    const above = location.pathname.split("/").slice(0, -1);
    for (; above.length > 0; above.pop()) {
        const folder = `${above.join("/")}/`;
        // Two slashes would begin the name of a host.
        if (folder.startsWith("//")) continue;
        try {
            const question = new XMLHttpRequest();
            question.open("HEAD", `${folder}theme/page.js`, false);
            question.send();
            if (!question.status || question.status >= 300) continue;
        } catch {
            continue;
        }
        document.querySelector("base").href = folder;
        return;
    }
})();
