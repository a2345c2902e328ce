/** The look of the HTML report, in light and dark. */
export const htmlStyle = `
:root { color-scheme: light dark; --text: #1d2125; --muted: #5c6670; --line: #dfe3e7; --page: #fff; --soft: #f5f7f9;
  --good: #1a7f4b; --good-soft: #e3f6ea; --bad-soft: #fdeaea; --accent: #0b62c4; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ec; --muted: #9aa5b1; --line: #343b43; --page: #16191d;
  --soft: #1f242a; --good: #4ac27e; --good-soft: #14351f; --bad-soft: #421c1f; --accent: #6cb0ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 1.25rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
h2 small { color: var(--muted); font-weight: 400; margin-left: .35rem; }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 1rem; }
.numbers div { display: flex; flex-direction: column; min-width: 9rem; padding: .75rem 1rem; background: var(--soft);
  border: 1px solid var(--line); border-radius: 8px; }
.numbers dd { margin: 0; font-size: 1.75rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.2; }
.numbers dt { color: var(--muted); }
.bar { height: 8px; background: var(--line); border-radius: 4px; overflow: hidden; }
.bar span { display: block; height: 100%; background: var(--good); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--muted); font-size: .85rem; }
th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
.count { font-variant-numeric: tabular-nums; font-weight: 600; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.code { font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--muted); white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: 8px; margin-bottom: .5rem; }
summary { padding: .5rem .75rem; cursor: pointer; }
details[open] summary { border-bottom: 1px solid var(--line); }
pre { margin: 0; padding: .5rem 0; overflow-x: auto; }
pre span { display: inline-block; min-width: 100%; padding: 0 .75rem; }
.added { background: var(--good-soft); }
.removed { background: var(--bad-soft); }
.hunk { color: var(--accent); }
`;
