import type { Links } from '../../../view/links.ts';
import type { Lang } from '../../../view/messages/lang.ts';
import type { Say } from '../../../view/messages/say.ts';

/** What a reader who asks for an example gets: a server with its next key, and a domain that begins with MTA-STS. */
export interface PublishExamples {
  readonly host: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM: of the same server, with its next key. */
  readonly next: string;
  readonly domain: string;
  readonly mx: readonly string[];
  /** The servers that it moves to. */
  readonly to: readonly string[];
  readonly rua: string;
}

/** What each of the three parts of "what to publish" is given. */
export interface PublishPart<Session> {
  readonly session: Session;
  readonly examples: PublishExamples;
  readonly say: Say;
  readonly lang: Lang;
  readonly links: Links;
  readonly id: string;
}
