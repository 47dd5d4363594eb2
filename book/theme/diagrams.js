// Diagrams in the page's own colours, drawn again when the theme changes.
//
// The build brings mermaid.min.js and this module to the pages that have a diagram, and to no other:
// the script is large. It is found as `window.mermaid`. A diagram's `accTitle` and `accDescr` become the text
// alternative of its drawing; without the script, or when a diagram has a mistake, the source stays.

import { facesLoaded } from "./faces.js";

/** Draws every `<pre class="mermaid">` of the page. */
async function drawDiagrams() {
    const diagrams = [...document.querySelectorAll("pre.mermaid")];
    if (diagrams.length === 0) return;
    // Before anything is waited for: when the page is loaded, the library would draw them itself, and what it drew be taken for
    // their sources.
    const sources = diagrams.map((diagram) => diagram.textContent.trim());
    window.mermaid?.initialize({ startOnLoad: false });
    if (!window.mermaid) await loaded();
    if (!window.mermaid) return;
    // A box is made as wide as its words.
    await facesLoaded(sans());
    let drawn;
    let drawing = false;
    // The first drawing takes a while, and the theme may change in the middle of it. Two at once would draw over one another.
    const draw = async () => {
        if (drawing) return;
        drawing = true;
        while (scheme() !== drawn) {
            drawn = scheme();
            window.mermaid.initialize(settings());
            for (const [i, diagram] of diagrams.entries()) await drawOne(diagram, sources[i], i);
        }
        drawing = false;
    };
    onThemeChange(draw);
    await draw();
}

async function drawOne(diagram, source, i) {
    try {
        const { svg } = await window.mermaid.render(`diagram-${i}`, source);
        diagram.innerHTML = svg;
        diagram.dataset.processed = "true";
        const drawing = diagram.querySelector("svg");
        name(drawing);
        keepReadable(drawing);
    } catch (error) {
        diagram.textContent = source;
        console.warn("A diagram could not be drawn:", error.message);
    }
}

// Mermaid says "graphics-document flowchart"; most screen readers know "img".
function name(svg) {
    svg.setAttribute("role", "img");
    if (!svg.hasAttribute("aria-labelledby")) svg.setAttribute("aria-label", "Diagram");
}

// Mermaid shrinks a drawing to its column, on a phone to dots. Down to this size its letters can be read; then it
// scrolls.
const SMALLEST = 0.7;

function keepReadable(svg) {
    svg.style.minWidth = `${Math.round(SMALLEST * svg.viewBox.baseVal.width)}px`;
}

function loaded() {
    if (document.readyState === "complete") return Promise.resolve();
    return new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
}

function sans() {
    return getComputedStyle(document.documentElement).getPropertyValue("--sans");
}

/** `light` or `dark`. */
function scheme() {
    return getComputedStyle(document.documentElement).colorScheme;
}

// mdBook changes the root's class; a reader on "Auto" follows the system, which does the same.
function onThemeChange(changed) {
    new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["class"] });
}

function settings() {
    const colour = colours();
    return {
        startOnLoad: false,
        securityLevel: "strict",
        theme: "base",
        fontFamily: sans(),
        flowchart: { curve: "basis", htmlLabels: false, padding: 14, ...spacing() },
        // The library paints what is behind a label half transparent, and the arrow would strike it out.
        themeCSS: ".edgeLabel rect { opacity: 1; }",
        themeVariables: {
            darkMode: scheme() === "dark",
            fontSize: "15px",
            background: colour("--paper"),
            mainBkg: colour("--surface"),
            primaryColor: colour("--surface"),
            primaryTextColor: colour("--ink"),
            primaryBorderColor: colour("--accent"),
            secondaryColor: colour("--accent-soft"),
            tertiaryColor: colour("--paper"),
            tertiaryTextColor: colour("--ink"),
            tertiaryBorderColor: colour("--rule"),
            lineColor: colour("--ink-muted"),
            textColor: colour("--ink"),
            edgeLabelBackground: colour("--paper"),
            clusterBkg: colour("--paper"),
            clusterBorder: colour("--rule"),
            titleColor: colour("--ink-muted"),
            noteBkgColor: colour("--accent-soft"),
            noteTextColor: colour("--ink"),
            noteBorderColor: colour("--rule"),
            actorBkg: colour("--surface"),
            actorBorder: colour("--accent"),
            actorTextColor: colour("--ink"),
            actorLineColor: colour("--ink-muted"),
            signalColor: colour("--ink-muted"),
            signalTextColor: colour("--ink"),
            labelBoxBkgColor: colour("--surface"),
            labelBoxBorderColor: colour("--rule"),
            activationBkgColor: colour("--accent-soft"),
            activationBorderColor: colour("--accent"),
        },
    };
}

// On a slide the letters have to be large: labels are broken into lines, and arrows need not be long.
function spacing() {
    const isSlide = document.documentElement.classList.contains("talk");
    return isSlide ? { nodeSpacing: 28, rankSpacing: 30, padding: 10, wrappingWidth: 110 } : {};
}

const TOKENS = ["--paper", "--surface", "--ink", "--ink-muted", "--rule", "--accent", "--accent-soft"];

// A token's value may be a light-dark() of two colours: the browser knows which one holds.
function colours() {
    const probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
    const resolved = new Map();
    const take = (token) => {
        probe.style.color = `var(${token})`;
        return getComputedStyle(probe).color;
    };
    for (const token of TOKENS) {
        resolved.set(token, take(token));
    }
    probe.remove();
    return (token) => resolved.get(token);
}

drawDiagrams();
