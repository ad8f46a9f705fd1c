/**
 * Every message key as a type, so that a key that does not exist is a type error.
 * One line per word file that pages speak from directly, in Dutch; the house test holds English to
 * the same keys. Words that only widgets speak reach them through `wordsFor`, by prefix.
 */
import type catalogue from '../../../content/messages/catalogue.nl.json';
import type facts from '../../../content/messages/facts.nl.json';
import type search from '../../../content/messages/search.nl.json';
import type show from '../../../content/messages/show.nl.json';
import type home from '../../../content/messages/home.nl.json';
import type scenarios from '../../../content/messages/scenarios.nl.json';
import type prose from '../../../content/messages/prose.nl.json';
import type site from '../../../content/messages/site.nl.json';

export type MessageKey =
  | keyof typeof catalogue
  | keyof typeof facts
  | keyof typeof search
  | keyof typeof show
  | keyof typeof home
  | keyof typeof prose
  | keyof typeof scenarios
  | keyof typeof site;
