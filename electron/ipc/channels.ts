/** The two IPC channels between the preload and main. */
export const requestChannel = 'picture-lock:request';
export const noticeChannel = 'picture-lock:notice';
