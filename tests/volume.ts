/**
 * How often chance is asked. Each run asks the first seeds; with `THOROUGH=1` a run asks ten times as many, for
 * who changes what they test.
 */
export const seeds = (usual: number): number =>
  process.env['THOROUGH'] === undefined ? usual : usual * 10;
