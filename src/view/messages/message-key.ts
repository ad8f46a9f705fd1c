/**
 * Every message key as a type, so that a key that does not exist does not compile. One line for each file of
 * messages, in Dutch; the house test holds English to the same keys, and this list to the folder.
 */
import type burden from '../../../content/messages/burden.nl.json';
import type catalogue from '../../../content/messages/catalogue.nl.json';
import type commandLine from '../../../content/messages/command-line.nl.json';
import type criteria from '../../../content/messages/criteria.nl.json';
import type dane from '../../../content/messages/dane.nl.json';
import type dnssec from '../../../content/messages/dnssec.nl.json';
import type facts from '../../../content/messages/facts.nl.json';
import type figure from '../../../content/messages/figure.nl.json';
import type firstContact from '../../../content/messages/first-contact.nl.json';
import type home from '../../../content/messages/home.nl.json';
import type laws from '../../../content/messages/laws.nl.json';
import type lesson from '../../../content/messages/lesson.nl.json';
import type list from '../../../content/messages/list.nl.json';
import type lookup from '../../../content/messages/lookup.nl.json';
import type matrix from '../../../content/messages/matrix.nl.json';
import type mtaSts from '../../../content/messages/mta-sts.nl.json';
import type pem from '../../../content/messages/pem.nl.json';
import type profiles from '../../../content/messages/profiles.nl.json';
import type prose from '../../../content/messages/prose.nl.json';
import type publish from '../../../content/messages/publish.nl.json';
import type scenarios from '../../../content/messages/scenarios.nl.json';
import type scene from '../../../content/messages/scene.nl.json';
import type search from '../../../content/messages/search.nl.json';
import type sender from '../../../content/messages/sender.nl.json';
import type show from '../../../content/messages/show.nl.json';
import type simulator from '../../../content/messages/simulator.nl.json';
import type site from '../../../content/messages/site.nl.json';
import type smtp from '../../../content/messages/smtp.nl.json';
import type stage from '../../../content/messages/stage.nl.json';
import type sts2016 from '../../../content/messages/sts-2016.nl.json';
import type tlsRpt from '../../../content/messages/tls-rpt.nl.json';
import type tools from '../../../content/messages/tools.nl.json';
import type widgets from '../../../content/messages/widgets.nl.json';
import type wire from '../../../content/messages/wire.nl.json';

export type MessageKey =
  | keyof typeof burden
  | keyof typeof catalogue
  | keyof typeof commandLine
  | keyof typeof criteria
  | keyof typeof dane
  | keyof typeof dnssec
  | keyof typeof facts
  | keyof typeof figure
  | keyof typeof firstContact
  | keyof typeof home
  | keyof typeof laws
  | keyof typeof lesson
  | keyof typeof list
  | keyof typeof lookup
  | keyof typeof matrix
  | keyof typeof mtaSts
  | keyof typeof pem
  | keyof typeof profiles
  | keyof typeof prose
  | keyof typeof publish
  | keyof typeof scenarios
  | keyof typeof scene
  | keyof typeof search
  | keyof typeof sender
  | keyof typeof show
  | keyof typeof simulator
  | keyof typeof site
  | keyof typeof smtp
  | keyof typeof stage
  | keyof typeof sts2016
  | keyof typeof tlsRpt
  | keyof typeof tools
  | keyof typeof widgets
  | keyof typeof wire;

/** What can follow `Begin` in a key: the ids that have a message there. */
export type KeyEnd<Begin extends string> = MessageKey extends infer Key
  ? Key extends `${Begin}${infer End}`
    ? End
    : never
  : never;
