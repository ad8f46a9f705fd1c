/**
 * Every message key as a type, so that a key that does not exist does not compile. One line for each file of
 * messages, in Dutch; the house test holds English to the same keys, and this list to the folder.
 */
export type MessageKey =
  | keyof typeof import('../../../content/messages/burden.nl.json')
  | keyof typeof import('../../../content/messages/catalogue.nl.json')
  | keyof typeof import('../../../content/messages/command-line.nl.json')
  | keyof typeof import('../../../content/messages/criteria.nl.json')
  | keyof typeof import('../../../content/messages/dane.nl.json')
  | keyof typeof import('../../../content/messages/dnssec.nl.json')
  | keyof typeof import('../../../content/messages/facts.nl.json')
  | keyof typeof import('../../../content/messages/figure.nl.json')
  | keyof typeof import('../../../content/messages/first-contact.nl.json')
  | keyof typeof import('../../../content/messages/home.nl.json')
  | keyof typeof import('../../../content/messages/laws.nl.json')
  | keyof typeof import('../../../content/messages/lesson.nl.json')
  | keyof typeof import('../../../content/messages/list.nl.json')
  | keyof typeof import('../../../content/messages/lookup.nl.json')
  | keyof typeof import('../../../content/messages/matrix.nl.json')
  | keyof typeof import('../../../content/messages/mta-sts.nl.json')
  | keyof typeof import('../../../content/messages/pem.nl.json')
  | keyof typeof import('../../../content/messages/profiles.nl.json')
  | keyof typeof import('../../../content/messages/prose.nl.json')
  | keyof typeof import('../../../content/messages/publish.nl.json')
  | keyof typeof import('../../../content/messages/scenarios.nl.json')
  | keyof typeof import('../../../content/messages/scene.nl.json')
  | keyof typeof import('../../../content/messages/search.nl.json')
  | keyof typeof import('../../../content/messages/sender.nl.json')
  | keyof typeof import('../../../content/messages/show.nl.json')
  | keyof typeof import('../../../content/messages/simulator.nl.json')
  | keyof typeof import('../../../content/messages/site.nl.json')
  | keyof typeof import('../../../content/messages/smtp.nl.json')
  | keyof typeof import('../../../content/messages/stage.nl.json')
  | keyof typeof import('../../../content/messages/sts-2016.nl.json')
  | keyof typeof import('../../../content/messages/tls-rpt.nl.json')
  | keyof typeof import('../../../content/messages/tools.nl.json')
  | keyof typeof import('../../../content/messages/widgets.nl.json')
  | keyof typeof import('../../../content/messages/wire.nl.json');

/** What can follow `Begin` in a key: the ids that have a message there. */
export type KeyEnd<Begin extends string> = MessageKey extends infer Key
  ? Key extends `${Begin}${infer End}`
    ? End
    : never
  : never;
