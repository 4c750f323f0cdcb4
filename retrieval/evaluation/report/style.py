"""The style sheet of the report: light and dark as the reader's machine is set, fit for paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --faint: #dfe4ea;
  --paper: #ffffff; --panel: #f6f8fa; --main: #1f5fa8; --other: #b4690e; --bad: #b3261e;
  --good: #1d7a3e; --on: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #a3afbd; --faint: #38414c;
  --paper: #14181d; --panel: #1c2229; --main: #7db3f0; --other: #e7a75a; --bad: #f2928b;
  --good: #7fcf9b; --on: #14181d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1160px; padding: 28px 28px 60px; background: var(--paper);
  color: var(--ink); font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK TC", sans-serif; }
h1 { font-size: 25px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 40px 0 6px; padding-top: 14px; border-top: 1px solid var(--faint); }
h3 { font-size: 15px; margin: 0 0 6px; }
p { margin: 4px 0 12px; max-width: 80ch; }
.soft { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 12px;
  margin: 20px 0; }
.tile { background: var(--panel); border-radius: 8px; padding: 12px 14px; }
.tile b { display: block; font-size: 27px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { display: block; color: var(--soft); font-size: 13px; }
.plots { display: flex; flex-wrap: wrap; gap: 30px 36px; align-items: flex-start; }
figure { margin: 0; max-width: 100%; overflow-x: auto; }
figcaption { font-weight: 600; margin-bottom: 4px; }
figcaption span { font-weight: 400; color: var(--soft); display: block; font-size: 13px;
  max-width: 60ch; }
svg { max-width: 100%; height: auto; font: 12.5px system-ui, "Noto Sans", sans-serif; }
svg text { fill: var(--ink); } svg .tick, svg .axis { fill: var(--soft); font-size: 11.5px; }
svg .value { font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--faint); } svg .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .whisker { stroke: var(--main); stroke-width: 3; stroke-opacity: .35; stroke-linecap: round; }
svg .dot { fill: var(--main); } svg .hollow { fill: var(--paper); stroke: var(--other);
  stroke-width: 2; }
svg .curve { stroke: var(--main); stroke-width: 2; } svg .curve.other { stroke: var(--other); }
svg .cell { fill: var(--bad); } svg .count { font-size: 10.5px; }
svg .count.strong { fill: var(--on); }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px 6px 0;
  border-bottom: 1px solid var(--faint); }
th { color: var(--soft); font-weight: 600; font-size: 13px; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.narrow { width: auto; } table.narrow td, table.narrow th { padding-right: 26px; }
.key { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin: 0 5px 0 0; }
.key.main { background: var(--main); } .key.other { border: 2px solid var(--other); }
.question { min-width: 230px; max-width: 420px; overflow-wrap: anywhere; }
.question small, td small { display: block; color: var(--soft); font-size: 12.5px; }
.hit { color: var(--good); font-weight: 700; } .broken { color: var(--bad); font-weight: 600; }
.holds { color: var(--good); }
details { margin: 10px 0 18px; } summary { cursor: pointer; font-weight: 600; padding: 4px 0; }
.chip { border: 1px solid var(--faint); border-radius: 4px; padding: 0 5px; white-space: nowrap;
  margin-right: 3px; display: inline-block; }
@media print { body { max-width: none; padding: 0; } details, figure { break-inside: avoid-page; } }
"""
