/** Where one signs step by step in the browser. */
export const SIGNATURE_PATH = '/oauth/tools/signature';
