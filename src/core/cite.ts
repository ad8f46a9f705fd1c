/**
 * Citations as values: what a step rests on, so that a reader can click it.
 * A citation that must be clickable never lives in a comment only.
 */

/** The documents that rules rest on. Each id is a file `content/sources/<id>.yaml`. */
export type SourceId =
  | 'rfc1034'
  | 'rfc1035'
  | 'rfc1982'
  | 'rfc2181'
  | 'rfc3207'
  | 'rfc4033'
  | 'rfc4034'
  | 'rfc4035'
  | 'rfc5155'
  | 'rfc5321'
  | 'rfc6672'
  | 'rfc6698'
  | 'rfc6840'
  | 'rfc7505'
  | 'rfc7671'
  | 'rfc7672'
  | 'rfc8460'
  | 'rfc8461'
  | 'rfc8484'
  | 'rfc9112'
  | 'rfc9276'
  | 'smtp-sts-2016'
  | 'memo'
  | 'site';

/** One place in one document. `section` is the number as the document prints it, without the § sign. */
export interface Citation {
  readonly source: SourceId;
  readonly section: string;
}

/** Names one section of one document. `site` cites a choice of ours, by a section of `content/sources/site.yaml`. */
export const cite = (source: SourceId, section: string): Citation => ({ source, section });
