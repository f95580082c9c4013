// Passkey options and answers between JSON and what browsers take: WebAuthn level 3, sections 5.1.8 to 5.1.10. The newest
// browsers can do this themselves; the others have the older half of the interface only.

interface Descriptor {
  readonly type: "public-key";
  readonly id: string;
  readonly transports?: AuthenticatorTransport[];
}

/** Options for a new passkey, as the server sends them. */
export interface CreationJson {
  readonly rp: PublicKeyCredentialRpEntity;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: PublicKeyCredentialParameters[];
  readonly timeout?: number;
  readonly excludeCredentials?: readonly Descriptor[];
  readonly authenticatorSelection?: AuthenticatorSelectionCriteria;
  readonly attestation?: AttestationConveyancePreference;
}

/** Options for showing one. */
export interface RequestJson {
  readonly challenge: string;
  readonly timeout?: number;
  readonly rpId?: string;
  readonly allowCredentials?: readonly Descriptor[];
  readonly userVerification?: UserVerificationRequirement;
}

/** Throws when the text is not base64url. */
export const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

export const toBase64Url = (bytes: ArrayBuffer): string => {
  let plain = "";
  for (const byte of new Uint8Array(bytes)) plain += String.fromCharCode(byte);
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const descriptors = (list: readonly Descriptor[] = []): PublicKeyCredentialDescriptor[] => list.map((one) => ({ ...one, id: fromBase64Url(one.id) }));

export const creationOptions = (json: CreationJson): PublicKeyCredentialCreationOptions => ({
  ...json,
  challenge: fromBase64Url(json.challenge),
  user: { ...json.user, id: fromBase64Url(json.user.id) },
  excludeCredentials: descriptors(json.excludeCredentials),
});

export const requestOptions = (json: RequestJson): PublicKeyCredentialRequestOptions => ({
  ...json,
  challenge: fromBase64Url(json.challenge),
  allowCredentials: descriptors(json.allowCredentials),
});

/** What the browser answers, as the server reads it. Throws for a credential that is no passkey. */
export const answerJson = (credential: PublicKeyCredential): string => {
  const { response } = credential;
  const common = { id: credential.id, rawId: toBase64Url(credential.rawId), type: credential.type, clientExtensionResults: {} };
  const clientDataJSON = toBase64Url(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    return JSON.stringify({ ...common, response: { clientDataJSON, attestationObject: toBase64Url(response.attestationObject), transports: response.getTransports() } });
  }
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new TypeError("not a passkey");
  return JSON.stringify({
    ...common,
    response: {
      clientDataJSON,
      authenticatorData: toBase64Url(response.authenticatorData),
      signature: toBase64Url(response.signature),
      ...(response.userHandle === null ? {} : { userHandle: toBase64Url(response.userHandle) }),
    },
  });
};
