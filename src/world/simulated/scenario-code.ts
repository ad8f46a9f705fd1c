/** What can be wrong with a part of a scenario; apart from its schema, whose library no user of the package has. */
export type ScenarioCode =
  | 'not-json'
  | 'missing'
  | 'unknown-field'
  | 'not-text'
  | 'not-a-number'
  | 'not-yes-or-no'
  | 'not-a-list'
  | 'not-an-object'
  | 'not-one-of'
  | 'not-a-name'
  | 'not-an-address'
  | 'no-such-certificate'
  | 'too-many';
