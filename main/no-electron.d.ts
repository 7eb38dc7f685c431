// What `electron` resolves to in the rooms that run in plain Node: a module with nothing in it,
// so that importing anything from Electron there is a type error.
export {};
