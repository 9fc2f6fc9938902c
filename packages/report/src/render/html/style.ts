/** The whole style of the page: light and dark, wide and narrow, screen and paper. */
export const STYLE = `
:root{color-scheme:light dark;
--ground:#fcfcfa;--panel:#fff;--ink:#1b2330;--soft:#5a6675;--line:#e2e5e9;--tint:#eef1f4;--accent:#1f5fae;--mark:#c2571a;--note:#fdf3ea;--band:#bcd3ee;
--s0:#e6eef7;--s1:#c3d7ec;--s2:#8fb6dd;--s3:#5590c9;--s4:#2a67ab;--s5:#123c73;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--ground:#11151b;--panel:#181d25;--ink:#e4e8ed;--soft:#98a4b3;--line:#2b323d;--tint:#232b36;--accent:#7db0ef;--mark:#f0995b;--note:#2c2219;--band:#2f4a6d;
--s0:#1e2a3a;--s1:#26456b;--s2:#2f639d;--s3:#4a86c9;--s4:#86b4e8;--s5:#d3e6fb}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
a{color:var(--accent);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
a.told{color:inherit;text-decoration:underline dotted var(--soft) 1px;text-underline-offset:.18em;unicode-bidi:isolate}a.told:hover{color:var(--accent)}a.keep{white-space:nowrap}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--panel);padding:.5rem 1rem;z-index:2}
.layout{display:grid;grid-template-columns:14rem minmax(0,1fr);max-width:74rem;margin:0 auto}
.layout>nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:2rem 1rem 2rem 1.4rem;font-size:13.5px}
nav ol{list-style:none;margin:0;padding:0}nav a{display:block;padding:.2rem .5rem;border-radius:4px;color:var(--soft)}nav a:hover{background:var(--tint);color:var(--ink);text-decoration:none}
main{padding:2rem 2rem 4rem;min-width:0}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.01em}
h2{font-size:1.3rem;margin:3.2rem 0 .8rem;letter-spacing:-.005em;padding-top:.9rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.8rem 0 .6rem}
p{margin:.5rem 0;max-width:46rem}.soft{color:var(--soft)}.small,.notes{font-size:13px}
code,pre{font-family:var(--mono);font-size:12px}
pre{white-space:pre-wrap;background:var(--tint);border-radius:6px;padding:.6rem .8rem;margin:.4rem 0}
.caution{background:var(--note);border-left:3px solid var(--mark);border-radius:0 6px 6px 0;padding:.6rem .9rem;margin:1rem 0}
.empty{border:1px dashed var(--line);border-radius:8px;padding:.7rem .9rem;color:var(--soft)}
ul.plain{margin:.5rem 0;padding-left:1.15rem;max-width:48rem}ul.plain li{margin:.35rem 0}
#summary ul.plain{font-size:1.04rem}
figure{margin:1rem 0 1.2rem;background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:1rem 1.1rem .8rem}
figcaption{font-weight:600;line-height:1.45;max-width:46rem;margin-bottom:.7rem}
.chart svg{display:block;width:100%;height:auto;max-width:47.5rem;font-family:var(--sans)}
.chart.narrow{display:none}
.chart svg.map{max-width:38rem;max-height:44rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.6rem 0 0;padding:0;list-style:none;font-size:12.5px;color:var(--soft)}
.legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:2px;margin-right:.4rem;vertical-align:-1px}
.legend .line{height:0;border-top:2.5px solid;border-radius:0;vertical-align:4px;width:1.1rem}.legend .dashes{height:0;border-top:2.5px dashed;border-radius:0;vertical-align:4px;width:1.1rem}.legend .dot,.legend .ring{border-radius:50%;width:.65rem;height:.65rem}.legend .ring{border:2px solid}.legend .shade{opacity:.3}
.notes{margin:.6rem 0 0;color:var(--soft);max-width:46rem}.notes p{margin:.25rem 0}
details{margin-top:.55rem;font-size:13.5px}summary{cursor:pointer;color:var(--accent);width:fit-content}summary:hover{text-decoration:underline}
.scroll{overflow:auto;max-height:30rem;border:1px solid var(--line);border-radius:8px;margin-top:.5rem}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{padding:.32rem .65rem;border-bottom:1px solid var(--line);vertical-align:top;text-align:left;unicode-bidi:isolate}
thead th{font-size:12px;color:var(--soft);position:sticky;top:0;background:var(--panel);vertical-align:bottom;box-shadow:0 1px var(--line)}
tbody th{font-weight:500}tbody tr:last-child>*{border-bottom:0}tbody tr:hover{background:var(--tint)}tr:target{background:var(--note)}
th,td{overflow-wrap:normal}td,tbody th{white-space:nowrap}td.long,tbody th.long{min-width:16rem;white-space:normal;overflow-wrap:anywhere}td.hash{min-width:17rem;white-space:normal;font:11.5px var(--mono);overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}thead .n{white-space:normal}
footer{margin-top:3rem;color:var(--soft);font-size:12.5px;border-top:1px solid var(--line);padding-top:.8rem}
@media (max-width:58rem){.layout{display:block}.layout>nav{position:static;padding:1rem 1rem 0;max-height:none}nav ol{display:flex;flex-wrap:wrap;gap:.1rem .3rem}nav a{padding:.15rem .4rem;background:var(--tint)}main{padding:1.2rem 1rem 3rem}}
@media (max-width:34rem){h1{font-size:1.4rem}h2{margin-top:2.4rem}figure{padding:.8rem .75rem .6rem;margin-left:-.3rem;margin-right:-.3rem}.chart.wide{display:none}.chart.narrow{display:block}th,td{padding:.3rem .45rem}}
@media print{:root{--ground:#fff;--panel:#fff;--ink:#000;--soft:#444;--line:#ccc;--tint:#eef1f4;--accent:#1f5fae;--mark:#c2571a;--note:#fdf3ea;--band:#bcd3ee;--s0:#e6eef7;--s1:#c3d7ec;--s2:#8fb6dd;--s3:#5590c9;--s4:#2a67ab;--s5:#123c73;color-scheme:light}
body{font-size:10pt}.layout{display:block;max-width:none}.layout>nav,.skip,details.from{display:none}main{padding:0}figure,.caution{break-inside:avoid}figure:has(details[open]){break-inside:auto}
h2,h3,figcaption{break-after:avoid}.chart,tr{break-inside:avoid}.chart svg{max-width:15cm;max-height:17cm}.scroll{max-height:none;overflow:visible;border:0}thead{display:table-header-group}thead th{position:static;box-shadow:none}table{font-size:7.5pt}th,td{padding:.15rem .3rem}td,tbody th{white-space:normal}td.long,td.hash,tbody th.long{min-width:0}
a{color:inherit;text-decoration:none}a.told{text-decoration:none}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
