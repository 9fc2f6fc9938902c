/** @param {number} value */
export const count = (value) => Math.round(value).toLocaleString('en-US');
/** @param {number} value */
export const seconds = (value) => `${value.toFixed(value < 100 ? 1 : 0)} s`;
/** @param {number} bytes */
export const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(2)} GB`;
