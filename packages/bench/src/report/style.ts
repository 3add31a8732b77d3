/** The look of the report: system fonts, one column, light or dark as the reader's system is. */
export const style = `
:root { color-scheme: light dark; --paper: #fdfdfc; --ink: #1c1c1a; --faint: #6f6f6a; --line: #dededa; --tint: #f3f3f0; --shade: #00000026; --good: #00734f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #181817; --ink: #e9e9e4; --faint: #a0a09a; --line: #3a3a37; --tint: #222220; --shade: #ffffff33; --good: #4cc79b; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 5rem; max-width: 74rem; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.35rem; margin: 3.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.08rem; margin: 2.5rem 0 .5rem; }
p, ul { margin: .5rem 0; max-width: 56rem; }
.note { color: var(--faint); font-size: .9rem; }
nav { margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .95rem; }
a { color: inherit; text-decoration-color: var(--faint); text-underline-offset: .2em; }
.scroll { margin: 1rem 0; }
/* A shadow at the edge where more of a table or a formula follows: what moves with it covers it at the ends. */
.scroll, .formula {
  overflow-x: auto;
  background:
    linear-gradient(to right, var(--paper) 50%, transparent) left / 2.5rem 100% no-repeat local,
    linear-gradient(to left, var(--paper) 50%, transparent) right / 2.5rem 100% no-repeat local,
    linear-gradient(to right, var(--shade), transparent) left / 1rem 100% no-repeat,
    linear-gradient(to left, var(--shade), transparent) right / 1rem 100% no-repeat;
}
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
th, td { padding: .28rem .7rem; text-align: right; white-space: nowrap; }
th { font-weight: 600; color: var(--faint); border-bottom: 1px solid var(--line); }
td.text, th.text { text-align: left; }
tr.first td { border-top: 1px solid var(--line); }
td.bad { color: var(--bad); font-weight: 600; }
td.best { color: var(--good); font-weight: 600; }
td.predicted { color: var(--faint); }
@media (max-width: 40rem) {
  body { padding: 1.5rem 1rem 3rem; }
  th, td { padding: .28rem .45rem; }
}
.plots { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; margin: 1rem 0; }
.plots svg { --plot-background: var(--paper) !important; max-width: 100%; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9rem; margin: .5rem 0; }
.legend i { display: inline-block; width: .75em; height: .75em; border-radius: 50%; margin-right: .45em; }
.formula .katex-display { text-align: left; margin: .4em 0; }
.formula .katex-display > .katex { text-align: left; }
.formula { overflow-y: hidden; padding: .25rem 0; }
details { margin: .5rem 0 1rem; }
summary { cursor: pointer; color: var(--faint); }
ol.steps { margin: .5rem 0; padding-left: 1.5rem; }
ol.steps li { margin: .4rem 0; }
code { font: .92em/1.4 ui-monospace, monospace; background: var(--tint); padding: .1em .3em; border-radius: .25em; }
`;
