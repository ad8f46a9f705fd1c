/** One of some, side by side. */
export interface Choice {
  /** Of its radio buttons. */
  readonly name: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly chosen: string;
  readonly choose: (value: string) => void;
}
