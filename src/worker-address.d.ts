/** Vite builds a worker of its own from such a file, and gives its address. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
