/** The page's whole style: light and dark, wide and narrow, screen and paper. */
export const STYLE = `
:root{color-scheme:light dark;
--ground:#fcfcfa;--panel:#fff;--ink:#1b2330;--soft:#5a6675;--line:#e2e5e9;--tint:#f1f3f5;--accent:#1f5fae;--mark:#c2571a;--warn-ground:#fdf3ea;
--empty:#dfe3e8;--marker:#e3a9a0;--integer:#1f5fae;--decimal:#2b8f9e;--date:#7a4fb3;--time:#c2831a;--text:#6f8296;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--ground:#11151b;--panel:#181d25;--ink:#e4e8ed;--soft:#98a4b3;--line:#2b323d;--tint:#202732;--accent:#7db0ef;--mark:#f0995b;--warn-ground:#2c2219;
--empty:#343c48;--marker:#a8665c;--integer:#5e97dc;--decimal:#4fb0bd;--date:#a98ae0;--time:#d9a44b;--text:#8496a9}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
a{color:var(--accent);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--panel);padding:.5rem 1rem;z-index:2}
.layout{display:grid;grid-template-columns:15.5rem minmax(0,1fr);max-width:84rem;margin:0 auto}
nav{position:sticky;top:0;align-self:start;height:100vh;overflow-y:auto;padding:1.6rem 1rem 2rem 1.4rem;font-size:13px;border-right:1px solid var(--line)}
nav h2{margin:0 0 .6rem;font-size:11px;letter-spacing:.08em;text-transform:uppercase;color:var(--soft);font-weight:600}
nav ol{list-style:none;margin:0;padding:0}nav li{margin:0}
nav a{display:flex;gap:.5rem;align-items:baseline;padding:.17rem .5rem;border-radius:4px;color:var(--ink)}nav a:hover{background:var(--tint);text-decoration:none}
nav ol ol a{color:var(--soft);padding-left:.5rem}nav .no{min-width:1.4rem;text-align:right;color:var(--soft);font-size:11px}
nav .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;flex:1}
nav .dot{width:.45rem;height:.45rem;border-radius:50%;background:var(--mark);flex:none;align-self:center}
main{padding:2rem 2.4rem 4rem;min-width:0}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem;letter-spacing:-.01em}
h2{font-size:1.2rem;margin:2.8rem 0 .9rem;letter-spacing:-.005em}
h3{font-size:1.02rem;margin:0}h4{font-size:12px;margin:0 0 .4rem;color:var(--soft);font-weight:600}
p{margin:.3rem 0}.soft{color:var(--soft)}.small{font-size:13px}
code,.raw{font-family:var(--mono);font-size:.88em}.raw{white-space:pre-wrap}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));gap:.7rem;margin:1.4rem 0 0}
.card{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:.65rem .85rem}
.card dt{font-size:12px;color:var(--soft)}.card dd{margin:0;font-size:1.3rem;font-weight:600;letter-spacing:-.01em}
.card.warn dd{color:var(--mark)}
dl.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.2rem;margin:1.2rem 0 0;font-size:13.5px}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0}
ul.seen{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:8px;background:var(--panel);overflow:hidden}
ul.seen li{display:grid;grid-template-columns:4.6rem 12rem minmax(0,1fr);gap:.3rem .8rem;padding:.5rem .9rem;border-top:1px solid var(--line);font-size:14px}
ul.seen li:first-child{border-top:0}ul.seen .level{font-size:12px;color:var(--soft);padding-top:.1rem}
ul.seen .warning{background:var(--warn-ground)}ul.seen .warning .level{color:var(--mark);font-weight:600}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--panel)}
table{border-collapse:collapse;width:100%;font-size:13.5px}
caption{text-align:left;font-size:12px;color:var(--soft);font-weight:600;padding:0 0 .35rem}
th{text-align:left;font-weight:600;font-size:12px;color:var(--soft);white-space:nowrap}
th,td{padding:.34rem .7rem;border-bottom:1px solid var(--line);vertical-align:middle}
tbody tr:last-child>*{border-bottom:0}tbody th{color:var(--ink);font-size:13.5px;font-weight:500;white-space:normal}
.n{text-align:right;white-space:nowrap}
.scroll table tbody tr:hover{background:var(--tint)}
.overview td,.overview th{overflow-wrap:normal}.overview .common{max-width:15rem}.overview tbody th{min-width:9rem;overflow-wrap:anywhere}
.stack{display:flex;height:.55rem;min-width:7rem;border-radius:3px;overflow:hidden;background:var(--empty);gap:1px}
.stack span{flex-basis:0;min-width:1px}
${['empty', 'marker', 'integer', 'decimal', 'date', 'time', 'text'].map((kind) => `.kind-${kind}{background:var(--${kind})}`).join('')}
.share{display:inline-block;width:100%;min-width:3.5rem;height:.55rem;border-radius:3px;background:var(--tint);overflow:hidden;vertical-align:middle}
.share span{display:block;height:100%;background:var(--accent);opacity:.8}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.5rem 0 0;padding:0;list-style:none;font-size:12.5px;color:var(--soft)}
.legend i{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;margin-right:.35rem;vertical-align:-1px}
article{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:1rem 1.2rem 1.1rem;margin:0 0 1rem}
article header{display:flex;flex-wrap:wrap;gap:.15rem .7rem;align-items:baseline;margin-bottom:.6rem}
article header .no{color:var(--soft);font-size:13px}
article .notes{margin:.8rem 0 0;padding:0;list-style:none;font-size:13.5px}
article .notes li{padding-left:1.1rem;position:relative}article .notes li::before{content:"";position:absolute;left:.15rem;top:.55em;width:.4rem;height:.4rem;border-radius:50%;background:var(--soft)}
article .notes .warning::before{background:var(--mark)}
.kpi{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;margin:.7rem 0 0;font-size:13.5px}.kpi span{color:var(--soft)}.kpi b{font-weight:600;color:var(--ink)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.1rem 1.8rem;margin-top:1rem;align-items:start}
.pair.wide{grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
.pair table td,.pair table th{padding:.2rem .5rem .2rem 0;font-size:13px}.pair table .bar{width:28%}
.pair td.raw{max-width:14rem}
.chart{margin:.2rem 0 0}.chart svg{display:block;width:100%;height:84px;border-bottom:1px solid var(--line)}
.chart .bars{fill:var(--accent);opacity:.82}.chart .bars.marked{fill:var(--mark)}
.chart .lines{stroke:var(--accent);stroke-width:1.1;fill:none;vector-effect:none}.chart .lines.marked{stroke:var(--mark);stroke-width:2.6}
.days{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));gap:.4rem 1.8rem}
.axis.each span{flex:1;text-align:center}.axis{display:flex;justify-content:space-between;font-size:11px;color:var(--soft);padding-top:.15rem}
figure{margin:1.1rem 0 0}figcaption{font-size:12px;color:var(--soft);font-weight:600;margin-bottom:.4rem}
.places{display:grid;grid-template-columns:minmax(0,22rem) minmax(16rem,1fr);gap:1.6rem;align-items:start}
.map{display:block;width:100%;max-height:34rem;background:var(--tint);border-radius:6px}.map .cell{fill:var(--accent)}
footer{margin-top:3rem;color:var(--soft);font-size:12.5px;border-top:1px solid var(--line);padding-top:.8rem}
@media (max-width:60rem){.layout{display:block}
nav{position:sticky;z-index:1;background:var(--ground);height:auto;border-right:0;border-bottom:1px solid var(--line);padding:.5rem .8rem;overflow-x:auto}
nav h2,nav ol ol{display:none}nav>ol{display:flex;gap:.2rem}nav a{white-space:nowrap}
html{scroll-padding-top:3.4rem}
main{padding:1.3rem 1rem 3rem}.places{grid-template-columns:minmax(0,1fr)}
ul.seen li{grid-template-columns:minmax(0,1fr)}ul.seen .level{padding:0}}
@media (max-width:34rem){h1{font-size:1.35rem}article{padding:.8rem .85rem}.card dd{font-size:1.1rem}th,td{padding:.3rem .5rem}dl.facts{grid-template-columns:minmax(0,1fr);gap:0}dl.facts dd{margin-bottom:.45rem}}
@media print{:root{--ground:#fff;--panel:#fff}body{font-size:10.5pt}nav,.skip{display:none}.layout{display:block;max-width:none}main{padding:0}
article,.card,tr,figure{break-inside:avoid}h2{break-after:avoid}.scroll{overflow:visible}a{color:inherit}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
