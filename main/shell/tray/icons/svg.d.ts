/** A drawing made into the PNG data URLs of a tray icon when the app is built. */
declare module '*.svg?tray&color=%23ffffff' {
  const images: Readonly<{ '1x': string; '2x': string }>;
  export default images;
}
declare module '*.svg?tray&color=%231f2933' {
  const images: Readonly<{ '1x': string; '2x': string }>;
  export default images;
}
declare module '*.svg?tray&color=%23f0a840' {
  const images: Readonly<{ '1x': string; '2x': string }>;
  export default images;
}
declare module '*.svg?tray&color=%23b45309' {
  const images: Readonly<{ '1x': string; '2x': string }>;
  export default images;
}
