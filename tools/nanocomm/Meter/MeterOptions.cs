using System;
using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>How the utility reaches a metering unit: the options of every command that does.</summary>
    internal sealed class MeterOptions
    {
        private const string TcpPrefix = "tcp:";
        private const string WrapperPrefix = "wrapper:";
        private const int HighestAddress = 127;

        private readonly Option<string> _mu = HostOptions.PathTo("--mu", $"PORT|{TcpPrefix}HOST:PORT|{WrapperPrefix}HOST:PORT",
            "Where the metering unit is: a serial port or pseudo terminal, a TCP address for HDLC frames, or one for the TCP wrapper of "
            + "IEC 62056-47.");

        private readonly Option<string> _keys = HostOptions.PathTo("--keys", "FILE",
            "The utility's keys to it, in a file that nobody but you can read (chmod 600): what kms list units --json --mu TITLE "
            + "--show-secrets prints. Beside it FILE.counter is kept, which belongs to it wherever it goes.");

        private readonly Option<int> _baud = HostOptions.Baud("Bits per second of the serial port.");

        private readonly Option<int> _address = HostOptions.Number("--address", "HDLC address of the metering unit, or its wPort.", 1,
            1, HighestAddress);

        /// <summary>Where it is.</summary>
        public Option<string> Mu => _mu;

        /// <summary>The keys.</summary>
        public Option<string> Keys => _keys;

        /// <summary>Gives them to a command.</summary>
        /// <param name="command">The command.</param>
        /// <param name="areRequired">Whether it does nothing else.</param>
        public void AddTo(Command command, bool areRequired)
        {
            _mu.Required = areRequired;
            _keys.Required = areRequired;
            command.Options.Add(_mu);
            command.Options.Add(_keys);
            command.Options.Add(_baud);
            command.Options.Add(_address);
        }

        /// <summary>Associates.</summary>
        /// <exception cref="UserError">It does not come about.</exception>
        public MeterClient Associate(ParseResult parsed)
        {
            string path = parsed.GetValue(_keys);
            MeterKeys keys = MeterKeys.Open(path);
            IMeterLink link = null;
            try
            {
                var counter = new SendingCounter(path);
                link = Open(parsed);
                return new MeterClient(link, keys, counter);
            }
            catch
            {
                link?.Dispose();
                keys.Dispose();
                throw;
            }
        }

        private IMeterLink Open(ParseResult parsed)
        {
            string mu = parsed.GetValue(_mu);
            int baud = parsed.GetValue(_baud);
            byte address = (byte)parsed.GetValue(_address);
            if (mu.StartsWith(WrapperPrefix, StringComparison.Ordinal))
            {
                return new WrapperMeterLink(Call(mu[WrapperPrefix.Length..]), MeterAssociation.Sap, address);
            }

            MeterChannel channel = mu.StartsWith(TcpPrefix, StringComparison.Ordinal) ? Call(mu[TcpPrefix.Length..])
                : MeterChannel.OpenPort(mu, baud);
            return new HdlcMeterLink(channel, MeterAssociation.Sap, address, baud);
        }

        private static MeterChannel Call(string endpoint)
        {
            (string host, int port) = HostOptions.Endpoint("--mu", endpoint, 1);
            return MeterChannel.Call(host, port);
        }
    }
}
