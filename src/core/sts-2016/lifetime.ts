/**
 * The longest lifetime that the grammar of the draft can write (`1*6DIGIT`, §3.1), in seconds. In a file
 * of its own, because the page that compares with it needs no parser.
 */
export const longestLifetime2016Seconds = 999_999;
