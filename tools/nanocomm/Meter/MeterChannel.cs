using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;

namespace NanoComm.Tool
{
    /// <summary>Bytes to and from a metering unit, at a serial port or behind a TCP address.</summary>
    internal sealed class MeterChannel : IDisposable
    {
        private const int CallPatience = 5000;

        private readonly LineConnection _connection;
        private readonly BlockingCollection<byte[]> _received = new();
        private readonly ManualResetEventSlim _isThere = new();

        private MeterChannel(LineConnection connection)
        {
            _connection = connection;
            connection.Received += (bytes, count) => _received.Add(bytes.AsSpan(0, count).ToArray());
            connection.Changed += isOpen =>
            {
                if (isOpen)
                {
                    _isThere.Set();
                }
            };
            connection.Start();
        }

        /// <summary>What is at the other end, for people.</summary>
        public string Name => _connection.Name;

        /// <summary>Opens a serial port.</summary>
        /// <exception cref="UserError">It cannot be opened.</exception>
        public static MeterChannel OpenPort(string port, int baud)
        {
            try
            {
                return WaitFor(new MeterChannel(LineConnection.ToSerialPort(port, baud)));
            }
            catch (IOException error)
            {
                throw new UserError($"--mu: {error.Message.TrimEnd('.')}");
            }
        }

        /// <summary>Calls a TCP peer.</summary>
        /// <exception cref="UserError">Nobody is there.</exception>
        public static MeterChannel Call(string host, int port)
        {
            return WaitFor(new MeterChannel(LineConnection.ToPeer(host, port)));
        }

        /// <summary>Sends.</summary>
        public void Send(byte[] bytes)
        {
            _connection.Write(bytes);
        }

        /// <summary>Throws away what came and was not read.</summary>
        public void Discard()
        {
            while (_received.TryTake(out _))
            {
            }
        }

        /// <summary>Waits for bytes.</summary>
        /// <returns>Null when none came in time.</returns>
        public byte[] Read(int milliseconds)
        {
            return _received.TryTake(out byte[] bytes, Math.Max(0, milliseconds)) ? bytes : null;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _connection.Dispose();
            _received.Dispose();
            _isThere.Dispose();
        }

        private static MeterChannel WaitFor(MeterChannel channel)
        {
            if (channel._isThere.Wait(CallPatience))
            {
                return channel;
            }

            string name = channel.Name;
            channel.Dispose();
            throw new UserError($"--mu: nobody takes the call at {name} within {CallPatience / 1000} s: is the metering unit, or what "
                + "it is connected to, running there, and does no firewall keep you out");
        }
    }
}
