/**
 * The longest lifetime that the grammar of the draft can write (`1*6DIGIT`, §3.1), in seconds. Apart from its
 * reader, for a page that compares with it reads no record.
 */
export const longestLifetime2016Seconds = 999_999;
