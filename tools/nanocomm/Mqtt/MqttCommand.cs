using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>mqtt</c>.</summary>
    internal sealed class MqttCommand
    {
        private const int LongestEvery = 3600;
        private const string PasswordVariable = "NANOCOMM_MQTT_PASSWORD";

        private readonly MeterSource _meter = new();
        private readonly Option<BrokerAddress> _broker = BrokerAddress.Option();
        private readonly Option<string> _user = new("--broker-user") { Description = "The user at the broker.", HelpName = "NAME" };
        private readonly SecretOption _password = new("--broker-password-file", PasswordVariable,
            $"Take the user's password from the first line of this file; otherwise from {PasswordVariable}.");

        private readonly Option<string> _authorities = HostOptions.PathTo("--broker-ca", "FILE",
            "With mqtts: the certificates (PEM) of whom to trust in place of whom this computer trusts.");

        private readonly Option<string> _topic = Topic("--topic", "What the topics of readings begin with.", "nanocomm", canBeEmpty: false);
        private readonly Option<string> _discovery = Topic("--discovery", "What the topics begin with by which Home Assistant finds sensors; '' for "
            + "none.", "homeassistant", canBeEmpty: true);

        private readonly Option<string> _name = new("--name")
        {
            Description = "What the meter is called in Home Assistant; otherwise by its number.",
            HelpName = "NAME",
        };

        private readonly Option<int> _every = HostOptions.Number("--every", "Seconds from one reading to the next.", 60, 1, LongestEvery, "SECONDS");
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };
        private readonly Option<double?> _for = HostOptions.For();

        public static Command Make()
        {
            var mqtt = new MqttCommand();
            var command = new Command("mqtt", "Publish a meter's readings to an MQTT broker, where Home Assistant finds them by itself.")
            {
                mqtt._broker, mqtt._user, mqtt._authorities, mqtt._every, mqtt._topic, mqtt._discovery, mqtt._name, mqtt._json, mqtt._for,
            };
            mqtt._password.AddTo(command);
            mqtt._meter.AddTo(command, isRequired: true);
            command.Validators.Add(mqtt.Check);
            command.SetAction(mqtt.Run);
            return command;
        }

        private void Check(CommandResult result)
        {
            if (_password.IsGiven(result) && result.GetResult(_user) == null)
            {
                result.AddError($"{_password.File.Name} goes with {_user.Name}");
            }
            else if (result.GetResult(_authorities) != null && result.GetValue(_broker)?.IsTls == false)
            {
                result.AddError($"{_authorities.Name} goes with mqtts://, which has certificates");
            }
        }

        private void Run(ParseResult parsed)
        {
            BrokerAddress broker = parsed.GetValue(_broker);
            string user = parsed.GetValue(_user);
            string password = user == null ? null : _password.Find(parsed);
            if (password != null && broker.IsOpen)
            {
                Console.Error.WriteLine("warning: --broker: user and password go to it in the clear: mqtts:// hides them");
            }

            using var session = new MqttSession(new MqttSettings
            {
                Meter = _meter.ToSettings(parsed, TimeSpan.FromSeconds(parsed.GetValue(_every))),
                Broker = broker,
                User = user,
                Password = password,
                Authorities = parsed.GetValue(_authorities) is string file ? Load(file) : null,
                Topic = parsed.GetValue(_topic),
                Discovery = parsed.GetValue(_discovery),
                Name = parsed.GetValue(_name),
                Json = parsed.GetValue(_json),
                For = parsed.GetValue(_for),
            });
            session.Run();
        }

        private X509Certificate2Collection Load(string path)
        {
            try
            {
                var certificates = new X509Certificate2Collection();
                certificates.ImportFromPemFile(path);
                return certificates.Count > 0 ? certificates : throw new UserError($"{_authorities.Name}: {path} has no certificate in PEM");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
            {
                throw new UserError($"{_authorities.Name}: {path} cannot be read: {error.Message}");
            }
        }

        // A topic's levels are between slashes; wildcards are for those who listen.
        private static Option<string> Topic(string name, string description, string usual, bool canBeEmpty) => new(name)
        {
            Description = description,
            HelpName = "TOPIC",
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                bool isTopic = text.Length > 0 && text.Split('/').All(level => level.Length > 0 && level.All(c => c is not ('+' or '#') && !char.IsControl(c)));
                if (!isTopic && !(canBeEmpty && text.Length == 0))
                {
                    result.AddError($"{name}: '{text}' is no topic such as home/meters");
                }

                return text;
            },
        };
    }
}
