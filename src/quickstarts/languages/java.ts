/** Java with google-oauth-client. */
import { doubleQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const java: Template = {
  title: 'Java: google-oauth-client',
  file: 'Quickstart.java',
  install:
    'mvn dependency:copy-dependencies -DoutputDirectory=lib  # com.google.oauth-client:google-oauth-client',
  run: "java -cp 'lib/*' Quickstart.java",
  isTested: true,
  code: ({
    publicUrl,
    consumerKey,
    credential,
  }: QuickstartFacts) => `import com.google.api.client.auth.oauth.*;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.javanet.NetHttpTransport;
${credential === 'public-key' ? keyImports : ''}import java.util.Scanner;

public class Quickstart {
  static final String URL = ${quoted(publicUrl)};
  static final String KEY = ${quoted(consumerKey)};

  public static void main(String[] arguments) throws Exception {
    NetHttpTransport transport = new NetHttpTransport();
${credential === 'shared-secret' ? hmacSigner : rsaSigner}
    // This library asks for tokens by GET, which the compatible addresses answer.
    OAuthGetTemporaryToken ask = new OAuthGetTemporaryToken(URL + "/plugins/servlet/oauth/request-token");
    ask.transport = transport;
    ask.signer = signer;
    ask.consumerKey = KEY;
    ask.callback = "oob";
    OAuthCredentialsResponse temporary = ask.execute();
    System.out.println("Open " + URL + "/oauth/authorize?oauth_token=" + temporary.token);
    System.out.print("Code: ");
    System.out.flush();

    OAuthGetAccessToken exchange = new OAuthGetAccessToken(URL + "/plugins/servlet/oauth/access-token");
    exchange.transport = transport;
    exchange.signer = signer;
    exchange.consumerKey = KEY;
    exchange.temporaryToken = temporary.token;
    exchange.verifier = new Scanner(System.in).next();
${takeSecret(credential, 'temporary')}    OAuthCredentialsResponse access = exchange.execute();

    OAuthParameters parameters = new OAuthParameters();
    parameters.signer = signer;
    parameters.consumerKey = KEY;
    parameters.token = access.token;
${takeSecret(credential, 'access')}    System.out.println(transport.createRequestFactory(parameters)
        .buildGetRequest(new GenericUrl(URL + "/oauth/whoami")).execute().parseAsString());
  }
}
`,
};

const keyImports = `import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
`;

const hmacSigner = `    OAuthHmacSha256Signer signer = new OAuthHmacSha256Signer(System.getenv("${SECRET_VARIABLE}"));
`;

const rsaSigner = `    String pem = Files.readString(Path.of("${PRIVATE_KEY_FILE}")).replaceAll("-----[A-Z ]+-----", "");
    OAuthRsaSigner signer = new OAuthRsaSigner();
    signer.privateKey = KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
`;

function takeSecret(credential: QuickstartFacts['credential'], response: string): string {
  return credential === 'shared-secret' ? `    signer.setTokenSecret(${response}.tokenSecret);\n` : '';
}
