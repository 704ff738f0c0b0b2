using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary><c>--from</c> and what goes with it: the meter to read, over IP or a Wi-SUN dongle.</summary>
    internal sealed class MeterSource
    {
        private const string FromName = "--from";

        private readonly Option<string> _from = HostOptions.PathTo(FromName, "ADDR[:PORT]|DONGLE",
            "The meter: its IP address (UDP 3610 unless another port is given, at both ends), or the serial port of a Wi-SUN dongle.");

        private readonly Option<string> _id = new("--id")
        {
            Description = "With a dongle: the meter's route-B id.",
            HelpName = "HEX32",
        };

        private readonly SecretOption _password = new("--password-file", SecretOption.RouteBPasswordVariable,
            $"With a dongle: take its route-B password from the first line of this file; otherwise from {SecretOption.RouteBPasswordVariable}.");

        private readonly Option<int> _baud = HostOptions.Baud("Bits per second of the dongle's serial port.");

        /// <summary>Adds its options to a command.</summary>
        /// <param name="command">The command.</param>
        /// <param name="isRequired">Whether there is no other way than a meter.</param>
        public void AddTo(Command command, bool isRequired)
        {
            _from.Required = isRequired;
            command.Add(_from);
            command.Add(_id);
            _password.AddTo(command);
            command.Add(_baud);
            command.Validators.Add(Check);
        }

        /// <summary>Whether a meter was named.</summary>
        public bool IsGiven(SymbolResult result) => result.GetResult(_from) != null;

        /// <summary>How to reach it.</summary>
        /// <param name="parsed">The command line.</param>
        /// <param name="every">From one reading to the next.</param>
        /// <exception cref="UserError">Id or password have not their form.</exception>
        public HemsSettings ToSettings(ParseResult parsed, TimeSpan every)
        {
            string from = parsed.GetValue(_from);
            IPEndPoint ip = HemsCommand.ToEndPoint(from);
            return new HemsSettings
            {
                Ip = ip,
                Port = ip == null ? from : null,
                IpOption = FromName,
                PortOption = FromName,
                Baud = parsed.GetValue(_baud),
                Credentials = ip != null ? null
                    : RouteBCredentials.Parse(_id.Name, parsed.GetValue(_id), _password.Source(parsed), HemsCommand.Get(_password, parsed)),
                Every = every,
            };
        }

        private void Check(CommandResult result)
        {
            if (result.GetResult(_from)?.Tokens.FirstOrDefault()?.Value is not string from)
            {
                if (result.GetResult(_id) != null || _password.IsGiven(result))
                {
                    result.AddError($"{_id.Name} and {_password.File.Name} go with {FromName} and a dongle");
                }

                return;
            }

            bool isIp = HemsCommand.ToEndPoint(from) != null;
            if (isIp && (result.GetResult(_id) != null || _password.IsGiven(result)))
            {
                result.AddError($"{FromName}: an IP address goes without {_id.Name} and {_password.File.Name}: there is no dongle then");
            }
            else if (!isIp && OperatingSystem.IsLinux() && !File.Exists(from))
            {
                result.AddError($"{FromName}: '{from}' is neither an IP address, such as 192.168.1.20 or [fe80::1%3]:3610, nor a serial port "
                    + "that is there, such as /dev/ttyUSB0");
            }
            else if (!isIp && result.GetResult(_id) == null)
            {
                result.AddError($"{FromName}: a dongle needs {_id.Name} HEX32, and {_password.Ways}");
            }
        }
    }
}
