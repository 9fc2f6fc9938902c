/** @import { SourceSql } from './source-sql.mjs' */
/** @type {SourceSql} */
export const lapdSql = { id: 'lapd', city: 'Los Angeles', key: 'dr_no', columns: [], nulls: [''], tables: () => '', coded: () => '' };
