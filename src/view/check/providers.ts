/** Mail providers that are recognised by the names of their mail servers. */
export interface MailProvider {
  readonly id: string;
  readonly name: string;
  /** Endings of names of mail servers, without a dot before them. */
  readonly mx: readonly string[];
  readonly dane: 'opt-in' | 'not-established';
  readonly facts: readonly {
    readonly text: string;
    readonly source: string;
    readonly href: string;
    /** Not read in the document itself, only in one that tells of it. */
    readonly isSecondHand: boolean;
  }[];
}

const isUnder = (host: string, ending: string): boolean =>
  host === ending || host.endsWith(`.${ending}`);

/** Those that one of these hosts belongs to, in the order of the list. */
export const providersOf = (
  hosts: readonly string[],
  providers: readonly MailProvider[],
): readonly MailProvider[] =>
  providers.filter(({ mx }) => hosts.some((host) => mx.some((ending) => isUnder(host, ending))));
