/** The whole style of the page: light and dark, wide and narrow, screen and paper. */
export const STYLE = `
:root{color-scheme:light dark;
--ground:#fcfcfa;--panel:#fff;--ink:#1b2330;--soft:#5a6675;--line:#e2e5e9;--tint:#f1f3f5;--accent:#1f5fae;--mark:#c2571a;--note:#fdf3ea;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--ground:#11151b;--panel:#181d25;--ink:#e4e8ed;--soft:#98a4b3;--line:#2b323d;--tint:#202732;--accent:#7db0ef;--mark:#f0995b;--note:#2c2219}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
a{color:var(--accent);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--panel);padding:.5rem 1rem;z-index:2}
main,body>nav{max-width:72rem;margin:0 auto;padding:0 1.6rem}
body>nav{padding-top:1rem;font-size:13px}nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem}
main{padding-bottom:3rem}
h1{font-size:1.7rem;line-height:1.2;margin:1.4rem 0 .3rem;letter-spacing:-.01em}
h2{font-size:1.2rem;margin:2.8rem 0 .8rem;letter-spacing:-.005em}h3{font-size:1rem;margin:1.6rem 0 .5rem}
p{margin:.4rem 0;max-width:46rem}.lead{font-size:1.12rem;line-height:1.5;margin-top:.9rem}.soft{color:var(--soft)}.small{font-size:13px}
code{font-family:var(--mono);font-size:.9em}
.claim{background:var(--note);border-left:3px solid var(--mark);border-radius:0 6px 6px 0;padding:.6rem .9rem;margin:1.2rem 0 0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));gap:.7rem;margin:1.3rem 0 0}
.card{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:.65rem .85rem}
.card dt{font-size:12px;color:var(--soft)}.card dd{margin:0;font-size:1.3rem;font-weight:600;letter-spacing:-.01em}
dl.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.2rem;margin:.6rem 0 0;font-size:14px}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0}
.bars{margin:.8rem 0 .2rem;font-size:14px}.bars>div{display:grid;grid-template-columns:9rem minmax(0,1fr) 4rem;gap:.1rem .9rem;align-items:center;margin:.45rem 0}
.bars .track{height:1.1rem;background:var(--tint);border-radius:3px;position:relative}
.bars .track span{position:absolute;inset:0 auto 0 0;border-radius:3px;background:var(--soft);opacity:.55}.bars .own span{background:var(--accent);opacity:.9}
.bars .track i{position:absolute;top:-.2rem;bottom:-.2rem;width:2px;background:var(--mark)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--panel)}
table{border-collapse:collapse;width:100%;font-size:13.5px}
caption{text-align:left;font-size:12px;color:var(--soft);font-weight:600;padding:.6rem .7rem .35rem}
th{text-align:left;font-weight:600;font-size:12px;color:var(--soft);vertical-align:bottom}
th,td{padding:.34rem .7rem;border-bottom:1px solid var(--line)}
tbody tr:last-child>*{border-bottom:0}tbody th{color:var(--ink);font-size:13.5px;font-weight:500;vertical-align:middle;white-space:nowrap}
.n{text-align:right;white-space:nowrap}thead .n{white-space:normal}td.keep{white-space:nowrap}
.scroll tbody tr:hover{background:var(--tint)}
.weeks{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));gap:1rem;margin-top:.8rem}
figure{margin:0;background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:.7rem .85rem .75rem}
figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .8rem;margin-bottom:.5rem;font-size:13px}figcaption b{font-weight:600}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}.pair p{margin:0 0 .2rem;font-size:11px;color:var(--soft)}
.grid{display:grid;grid-template-columns:.75rem minmax(0,1fr);gap:0 .25rem;font-size:9.5px;color:var(--soft)}
.grid .names{display:flex;flex-direction:column;justify-content:space-around;line-height:1}
.grid svg{display:block;width:100%;height:5.6rem;background:var(--tint);border-radius:2px}.grid .hours{grid-column:2;display:flex;justify-content:space-between;padding-top:.1rem}
.units{fill:var(--accent)}.harm{fill:var(--mark)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.2rem 0 0;padding:0;list-style:none;font-size:12.5px;color:var(--soft)}
.legend svg{width:.75rem;height:.75rem;margin-right:.35rem;vertical-align:-1px}
.timeline svg{display:block;width:100%;height:1.9rem;background:var(--tint);border-radius:4px}.timeline .visit{fill:var(--accent)}.timeline .way{fill:var(--accent);opacity:.35}.timeline .meal{fill:var(--soft);opacity:.4}
.timeline .ends{display:flex;justify-content:space-between;font-size:12px;color:var(--soft)}.timeline{margin:.7rem 0 1rem}
.runs{max-width:40rem}.runs>svg{display:block;width:100%;height:11rem;border-bottom:1px solid var(--line);border-left:1px solid var(--line)}
.runs path,.runs line{fill:none;stroke-width:1.6;vector-effect:non-scaling-stroke}.runs .without{stroke:var(--mark)}.runs .with{stroke:var(--accent)}.runs .truth{stroke:var(--ink);stroke-dasharray:5 4;stroke-width:1.2}
.runs .ends{display:flex;justify-content:space-between;font-size:12px;color:var(--soft);padding-top:.15rem}.runs figcaption{display:block}
ul.plain{margin:.4rem 0;padding-left:1.1rem}ul.plain li{margin:.2rem 0}
footer{margin-top:3rem;color:var(--soft);font-size:12.5px;border-top:1px solid var(--line);padding-top:.8rem}
@media (max-width:40rem){main,body>nav{padding-left:1rem;padding-right:1rem}h1{font-size:1.35rem}.lead{font-size:1.02rem}.card dd{font-size:1.1rem}th,td{padding:.3rem .5rem}
dl.facts{grid-template-columns:minmax(0,1fr);gap:0}dl.facts dd{margin-bottom:.45rem}
.bars>div{grid-template-columns:minmax(0,1fr) max-content}.bars .track{grid-row:2;grid-column:1/-1}}
@media print{:root{--ground:#fff;--panel:#fff;--ink:#000;--soft:#444;--line:#ccc;--tint:#f1f3f5;--accent:#1f5fae;--mark:#c2571a;--note:#fdf3ea}body{font-size:10pt}body>nav,.skip{display:none}main{max-width:none;padding:0}
figure,.card,tr,dl.facts{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible;border:0}thead{display:table-header-group}.weeks{grid-template-columns:1fr 1fr}a{color:inherit}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
