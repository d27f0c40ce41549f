/** Go with dghubble/oauth1. */
import { doubleQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const go: Template = {
  title: 'Go: dghubble/oauth1',
  file: 'quickstart.go',
  install: 'go mod init quickstart && go get github.com/dghubble/oauth1',
  run: 'go run quickstart.go',
  isTested: false,
  code: ({ publicUrl, consumerKey, credential }: QuickstartFacts) => `package main

import (
${credential === 'public-key' ? '\t"crypto/rsa"\n\t"crypto/x509"\n\t"encoding/pem"\n' : ''}\t"fmt"
	"io"
	"log"
	"os"

	"github.com/dghubble/oauth1"
)

const url = ${quoted(publicUrl)}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
${credential === 'public-key' ? readKey : ''}	config := oauth1.Config{
		ConsumerKey: ${quoted(consumerKey)},
		CallbackURL: "oob",
		Endpoint: oauth1.Endpoint{
			RequestTokenURL: url + "/oauth/request-token",
			AuthorizeURL:    url + "/oauth/authorize",
			AccessTokenURL:  url + "/oauth/access-token",
		},
		${
      credential === 'shared-secret'
        ? `ConsumerSecret: os.Getenv("${SECRET_VARIABLE}"),`
        : `Signer: &oauth1.RSASigner{PrivateKey: privateKey.(*rsa.PrivateKey)},`
    }
	}

	requestToken, requestSecret, err := config.RequestToken()
	check(err)
	address, err := config.AuthorizationURL(requestToken)
	check(err)
	fmt.Printf("Open %s\\nCode: ", address)
	var code string
	_, err = fmt.Scanln(&code)
	check(err)
	token, secret, err := config.AccessToken(requestToken, requestSecret, code)
	check(err)

	client := config.Client(oauth1.NoContext, oauth1.NewToken(token, secret))
	answer, err := client.Get(url + "/oauth/whoami")
	check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(err)
	fmt.Println(string(body))
}
`,
};

const readKey = `	text, err := os.ReadFile("${PRIVATE_KEY_FILE}")
	check(err)
	block, _ := pem.Decode(text)
	privateKey, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	check(err)
`;
