export { parseComparison } from './comparison.js';
export * from './gather-report.js';
export * from './render/html/render-html.js';
export * from './render/render-csv.js';
export { DRAWINGS, renderDrawings, renderMarkdown } from './render/render-markdown.js';
export type * from './report.js';
export { type ReportFacts, readReportFacts } from './report-facts.js';
export type { ScheduleFacts } from './sections/schedule.js';
export * from './verify/compare-reports.js';
