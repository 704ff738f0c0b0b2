using System;
using System.Collections;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>
    /// A module at the other end of the line, as little of one as a test needs: it notes each command, answers it at
    /// once, and says what the test has it say.
    /// </summary>
    public sealed class FakeModule : ISerialLine, IResetLine
    {
        private readonly ArrayList _said = new ArrayList();
        private string _heard = "";
        private int _dataLeft;
        private int _position;

        /// <summary>Commands, oldest first, without what ends them; of a datagram the address as <see cref="SkReader"/>
        /// has it, % for all nodes, and the data as hexadecimal digits.</summary>
        public ArrayList Commands { get; } = new ArrayList();

        /// <summary>Says nothing.</summary>
        public bool IsMute { get; set; }

        /// <summary>Never says OK.</summary>
        public bool LosesOk { get; set; }

        /// <summary>Commands that begin like this are refused.</summary>
        public string Refuses { get; set; } = "never";

        /// <summary>Commands that begin like this are not answered.</summary>
        public string Ignores { get; set; } = "never";

        /// <summary>Its line takes nothing.</summary>
        public bool RefusesWrites { get; set; }

        /// <summary>What EVENT 21 says of datagrams.</summary>
        public string SendResult { get; set; } = "00";

        /// <summary>What ROPT says.</summary>
        public string Option { get; set; } = "01";

        /// <summary>What SFB says.</summary>
        public string Limit { get; set; } = "0";

        /// <summary>What SFD says.</summary>
        public string TransmitTime { get; set; } = "0";

        /// <summary>The end of EINFO, and with it the dialect.</summary>
        public string Side { get; set; } = "FFFE";

        /// <summary>Whether it has heard SKSTART since it was reset: S15.</summary>
        public bool IsCoordinator { get; private set; }

        /// <summary>S02.</summary>
        public string Channel { get; set; } = "21";

        /// <summary>S03.</summary>
        public string Pan { get; set; } = "FFFF";

        /// <summary>Times held in reset.</summary>
        public int Resets { get; private set; }

        /// <summary>Whether it is held in reset.</summary>
        public bool IsHeld { get; private set; }

        /// <inheritdoc/>
        public int BaudRate
        {
            get { return 115200; }
        }

        /// <summary>Whether it has said something that nobody has read.</summary>
        public bool HasSaid
        {
            get { return _said.Count > 0; }
        }

        /// <summary>Takes the oldest command, or "".</summary>
        public string TakeCommand()
        {
            if (Commands.Count == 0)
            {
                return "";
            }

            var command = (string)Commands[0];
            Commands.RemoveAt(0);
            return command;
        }

        /// <summary>Says a line, in which signs stand for addresses as in <see cref="SkReader"/>.</summary>
        public void Say(string line)
        {
            if (!IsMute)
            {
                _said.Add(SkReader.Expand(line) + "\r\n");
            }
        }

        /// <summary>Says characters as they are, each one byte.</summary>
        public void SayRaw(string text)
        {
            if (text.Length > 0)
            {
                _said.Add(text);
            }
        }

        /// <inheritdoc/>
        public void Set(bool held)
        {
            IsHeld = held;
            if (held)
            {
                Resets++;
                IsMute = false;
                IsCoordinator = false;
                _heard = "";
                _dataLeft = 0;
                DiscardInput();
            }
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            int read = 0;
            while (read < count && _said.Count > 0)
            {
                var text = (string)_said[0];
                buffer[offset + read++] = (byte)text[_position++];
                if (_position == text.Length)
                {
                    _position = 0;
                    _said.RemoveAt(0);
                }
            }

            return read;
        }

        /// <inheritdoc/>
        public bool Write(byte[] buffer, int offset, int count)
        {
            if (RefusesWrites)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                Hear(buffer[offset + i]);
            }

            return true;
        }

        /// <inheritdoc/>
        public void DiscardInput()
        {
            _said.Clear();
            _position = 0;
        }

        private void Hear(byte b)
        {
            if (_dataLeft > 0)
            {
                _heard += b.ToString("X2");
                if (--_dataLeft == 0)
                {
                    string destination = _heard.Substring(11, 39);
                    Commands.Add("SKSENDTO 1 " + Sign(destination) + _heard.Substring(50));
                    _heard = "";
                    Say("EVENT 21 " + destination + (Side.Length == 1 ? " 0 " : " ") + SendResult);
                    Ok();
                }

                return;
            }

            if (b != '\r' && b != '\n')
            {
                _heard += ((char)b).ToString();
                _dataLeft = DataLength();
                return;
            }

            if (_heard.Length > 0)
            {
                string command = _heard;
                _heard = "";
                Commands.Add(command);
                Answer(command);
            }
        }

        // SKSENDTO 1 address port sec [side] length, and a blank.
        private int DataLength()
        {
            int header = Side.Length == 1 ? 65 : 63;
            return _heard.Length == header && _heard.StartsWith("SKSENDTO")
                ? Convert.ToInt32(_heard.Substring(header - 5, 4), 16)
                : 0;
        }

        private static string Sign(string address)
        {
            return address == SkReader.Hems ? "@" : address == SkReader.Other ? "#"
                : address == "FF02:0000:0000:0000:0000:0000:0000:0001" ? "%" : address;
        }

        private void Ok()
        {
            if (!LosesOk)
            {
                Say("OK");
            }
        }

        private void Answer(string command)
        {
            IsCoordinator |= command == "SKSTART" && !command.StartsWith(Refuses);
            if (command.StartsWith(Ignores))
            {
                return;
            }

            if (command.StartsWith(Refuses))
            {
                Say("FAIL ER10");
                return;
            }

            if (command == "ROPT")
            {
                Say("OK " + Option);
                return;
            }

            switch (command)
            {
                case "SKVER":
                    Say("EVER 1.2.10");
                    break;
                case "SKINFO":
                    Say("EINFO $ 001D129000038C21 " + Channel + " " + Pan + " " + Side);
                    break;
                case "SKTABLE E":
                    Say("EPORT");
                    Say("3610");
                    Say("716");
                    break;
                case "SKSREG S15":
                    Say(IsCoordinator ? "ESREG 1" : "ESREG 0");
                    break;
                case "SKSREG SFB":
                    Say("ESREG " + Limit);
                    break;
                case "SKSREG SFD":
                    Say("ESREG " + TransmitTime);
                    break;
            }

            if (command.StartsWith("SKSREG S02 "))
            {
                Channel = command.Substring(11);
            }
            else if (command.StartsWith("SKSREG S03 "))
            {
                Pan = command.Substring(11);
            }

            Ok();
            if (command.StartsWith("SKSCAN 0"))
            {
                Say("EEDSCAN");
                Say("21 30 22 04 23 30");
                Say("EVENT 1F $");
            }
            else if (command.StartsWith("SKSCAN 3"))
            {
                Say("EVENT 22 $");
            }
        }
    }
}
