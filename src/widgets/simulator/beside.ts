/** What stands beside a trace: another protection, other senders. Loaded when a reader asks for it. */
export { default as Comparison } from './Comparison.svelte';
export { default as Profiles } from './Profiles.svelte';
