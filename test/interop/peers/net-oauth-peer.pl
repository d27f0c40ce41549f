#!/usr/bin/env perl
# Performs the dance with Net::OAuth and LWP. Speaks the protocol that peer.ts describes: one JSON text a line.
use strict;
use warnings;
use Crypt::OpenSSL::RSA;
use HTTP::Request;
use JSON::PP;
use LWP::UserAgent;
use Net::OAuth;
use URI;
use URI::Escape qw(uri_unescape);

$Net::OAuth::PROTOCOL_VERSION = Net::OAuth::PROTOCOL_VERSION_1_0A;
$| = 1;
my $json = JSON::PP->new->utf8->canonical;
my $agent = LWP::UserAgent->new;

sub hear { return $json->decode(scalar <STDIN>) }
sub say_event { print $json->encode($_[0]), "\n" }

my $task = hear();
my $is_rsa = $task->{method} =~ /^RSA/;
my $key = $is_rsa ? Crypt::OpenSSL::RSA->new_private_key(slurp($task->{privateKeyFile})) : undef;

my $temporary = token_from(sign('request token', POST => $task->{requestTokenUrl}, callback => $task->{callback}));
my $address = URI->new($task->{authorizeUrl});
$address->query_form(oauth_token => $temporary->{oauth_token});
say_event({ event => 'authorize', url => "$address" });

my %approved = URI->new(hear()->{callbackUrl})->query_form;
my $token = token_from(
    sign('access token', POST => $task->{accessTokenUrl},
        token => $temporary->{oauth_token}, token_secret => $temporary->{oauth_token_secret},
        verifier => $approved{oauth_verifier}));
fetch($_) for @{ $task->{requests} };
say_event({ event => 'done' });

hear();
fetch($task->{requests}[0]);

# A signed request: Net::OAuth is given the address and, apart from it, the decoded parameters that it must sign.
sub sign {
    my ($type, $method, $url, %more) = @_;
    my $request = Net::OAuth->request($type)->new(
        consumer_key => $task->{consumerKey}, consumer_secret => $task->{secret} // '',
        request_url => $url, request_method => $method, signature_method => $task->{method},
        timestamp => time, nonce => join('', map { int rand 10 } 1 .. 16), %more);
    $is_rsa ? $request->sign($key) : $request->sign;
    return HTTP::Request->new($method => "$url", [ Authorization => $request->to_authorization_header ]);
}

sub fetch {
    my ($request) = @_;
    my $address = URI->new($request->{url});
    my $bare = $address->clone;
    $bare->query(undef);
    my %signed = (pairs($address->query // ''), map { encoded(@$_) } @{ $request->{form} // [] });
    my $signed = sign('protected resource', $request->{method} => $bare,
        token => $token->{oauth_token}, token_secret => $token->{oauth_token_secret}, extra_params => \%signed);
    $signed->uri($address);
    if ($request->{form}) {
        my $body = URI->new('http:');
        $body->query_form(map { map { my $text = $_; utf8::encode($text); $text } @$_ } @{ $request->{form} });
        $signed->content_type('application/x-www-form-urlencoded');
        $signed->content($body->query);
    }
    if (defined $request->{json}) {
        my $bytes = $request->{json};
        utf8::encode($bytes);
        $signed->content_type('application/json');
        $signed->content($bytes);
    }
    $signed->content_length(length $signed->content) if length $signed->content;
    my $answer = $agent->request($signed);
    my $body = $answer->content;
    utf8::decode($body);
    say_event({ event => 'response', name => $request->{name}, status => $answer->code + 0, body => $body });
}

# The query's parameters, decoded to characters as Net::OAuth wants them.
sub pairs {
    my ($query) = @_;
    return map { my ($name, $value) = split /=/, $_, 2; map { decoded($_) } ($name, $value // '') } split /&/, $query;
}

sub decoded {
    my ($text) = @_;
    $text =~ tr/+/ /;
    $text = uri_unescape($text);
    utf8::decode($text);
    return $text;
}

sub encoded { return @_ }

sub token_from {
    my ($request) = @_;
    my $answer = $agent->request($request);
    die 'refused: ' . $answer->status_line . ' ' . $answer->content unless $answer->is_success;
    my $address = URI->new('http:');
    $address->query($answer->content);
    return { $address->query_form };
}

sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!";
    local $/ = undef;
    return scalar <$file>;
}
