using System;
using System.Text;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// Takes the host's bytes apart. A line ends with its CR, which is echoed as CR LF, and a LF behind it is
    /// overlooked: the manual wants CR LF after SK commands and CR after the product's own (ROPT and the like), but
    /// programs that end everything with CR, and wait for the echo of ROPT as a line, have worked with BP35A1 for
    /// years. The payload of SKSENDTO begins behind the space after its length, ends by count and by nothing else, and
    /// is never echoed.
    /// </summary>
    internal sealed class ModuleParser
    {
        private const int LongestLine = 256;
        private const string SendTo = "SKSENDTO ";

        private readonly ModuleCommands _commands;
        private readonly ModuleOutput _output;
        private readonly StringBuilder _line = new();
        private bool _isTooLong;
        private byte[] _payload;
        private int _received;

        public ModuleParser(ModuleCommands commands, ModuleOutput output)
        {
            _commands = commands;
            _output = output;
        }

        public void Reset()
        {
            _payload = null;
            EndLine();
        }

        public void Put(byte value)
        {
            if (_payload != null)
            {
                PutPayload(value);
                return;
            }

            if (value == '\n' && _line.Length == 0)
            {
                return;
            }

            _output.Echo(value);
            if (value == '\r')
            {
                _output.Echo((byte)'\n');
                Execute();
                return;
            }

            Append((char)value);
            if (value == ' ')
            {
                LookForPayload();
            }
        }

        private void PutPayload(byte value)
        {
            _payload[_received++] = value;
            if (_received == _payload.Length)
            {
                byte[] payload = _payload;
                _payload = null;
                _commands.SendTo(payload);
            }
        }

        private void Execute()
        {
            string line = _line.ToString();
            bool isTooLong = _isTooLong;
            EndLine();
            if (isTooLong)
            {
                _commands.Fail(ModuleCommands.UartError);
            }
            else if (line.Length > 0)
            {
                _commands.Execute(line);
            }
        }

        private void LookForPayload()
        {
            if (_isTooLong || _line.Length < SendTo.Length || _line[0] != 'S')
            {
                return;
            }

            string line = _line.ToString();
            if (!line.StartsWith(SendTo, StringComparison.Ordinal) || line.Length == SendTo.Length)
            {
                return;
            }

            int error = _commands.PrepareSendTo(line[SendTo.Length..^1].Split(' '), out int length);
            if (error == 0 && length == 0)
            {
                return;
            }

            EndLine();
            if (error != 0)
            {
                _commands.Fail(error);
                return;
            }

            _output.Echo((byte)'\r');
            _output.Echo((byte)'\n');
            _payload = new byte[length];
            _received = 0;
        }

        private void Append(char value)
        {
            if (_line.Length < LongestLine)
            {
                _line.Append(value);
            }
            else
            {
                _isTooLong = true;
            }
        }

        private void EndLine()
        {
            _line.Clear();
            _isTooLong = false;
        }
    }
}
