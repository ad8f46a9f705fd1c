/** The figure as a file, and the address of what is shown: of no use before the page is ready, and so fetched after it. */
export { default as FigureFiles } from '../figure/FigureFiles.svelte';
export { default as ShareLink } from '../link/ShareLink.svelte';
