using System;
using System.Collections.Generic;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>Reads, sets and calls what a metering unit has, over the utility's association.</summary>
    internal sealed class MeterClient : IDisposable
    {
        private const byte Normal = 1;
        private const byte Block = 2;
        private const byte InvokeId = 0xC1;

        private readonly IMeterLink _link;
        private readonly MeterKeys _keys;
        private readonly MeterAssociation _association;

        /// <summary>Associates.</summary>
        /// <param name="link">The link, this client's from now on.</param>
        /// <param name="keys">The keys, likewise.</param>
        /// <param name="counter">Their sending counter.</param>
        /// <exception cref="UserError">It does not come about.</exception>
        public MeterClient(IMeterLink link, MeterKeys keys, SendingCounter counter)
        {
            _link = link;
            _keys = keys;
            _association = MeterAssociation.Open(link, keys, counter);
        }

        /// <summary>Where the metering unit is, for people.</summary>
        public string Name => _link.Name;

        /// <summary>The metering unit.</summary>
        public SystemTitle Meter => _keys.Meter;

        /// <summary>Reads an attribute.</summary>
        /// <param name="classId">Class of the object.</param>
        /// <param name="name">Its logical name.</param>
        /// <param name="attribute">Number of the attribute.</param>
        /// <param name="selection">Selector and its parameters; null for all.</param>
        /// <returns>Data with its tag.</returns>
        /// <exception cref="MeterRefusal">It has none for us.</exception>
        public byte[] Get(ushort classId, Obis name, byte attribute, byte[] selection = null)
        {
            byte[] answer = _association.Ask(Begin(ApduTag.GetRequest, classId, name, attribute, selection));
            if (answer.Length > 1 && answer[1] == Block)
            {
                return Collect(answer);
            }

            AxdrReader reader = Open(answer, ApduTag.GetResponse, Normal);
            byte choice = reader.Byte();
            byte[] data = reader.Rest().ToArray();
            return !reader.IsGood || choice > 1 || data.Length == 0 ? throw Nonsense(answer)
                : choice == 0 ? data
                : throw new MeterRefusal((DataAccessResult)data[0]);
        }

        /// <summary>Sets an attribute.</summary>
        /// <param name="classId">Class of the object.</param>
        /// <param name="name">Its logical name.</param>
        /// <param name="attribute">Number of the attribute.</param>
        /// <param name="data">Data with its tag.</param>
        /// <exception cref="MeterRefusal">It does not take it.</exception>
        public void Set(ushort classId, Obis name, byte attribute, byte[] data)
        {
            byte[] answer = _association.Ask([.. Begin(ApduTag.SetRequest, classId, name, attribute, null), .. data]);
            AxdrReader reader = Open(answer, ApduTag.SetResponse, Normal);
            Take((DataAccessResult)reader.Byte(), reader.IsGoodToTheEnd, answer);
        }

        /// <summary>Calls a method; what it returns is passed over.</summary>
        /// <param name="classId">Class of the object.</param>
        /// <param name="name">Its logical name.</param>
        /// <param name="method">Number of the method.</param>
        /// <param name="parameter">Data with its tag.</param>
        /// <exception cref="MeterRefusal">It does not do it.</exception>
        public void Act(ushort classId, Obis name, byte method, byte[] parameter)
        {
            byte[] answer = _association.Ask([.. Begin(ApduTag.ActionRequest, classId, name, method, parameter)]);
            AxdrReader reader = Open(answer, ApduTag.ActionResponse, Normal);
            Take((DataAccessResult)reader.Byte(), reader.IsGood, answer);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _link.Dispose();
            _keys.Dispose();
        }

        // Attribute with its selection and method with its parameter are written alike.
        private static byte[] Begin(byte tag, ushort classId, Obis name, byte number, byte[] more)
        {
            return
            [
                tag, Normal, InvokeId, (byte)(classId >> 8), (byte)classId, .. name.ToBytes(), number,
                more is null ? (byte)0 : (byte)1, .. more ?? [],
            ];
        }

        private void Take(DataAccessResult result, bool isGood, byte[] answer)
        {
            if (!isGood)
            {
                throw Nonsense(answer);
            }

            if (result != DataAccessResult.Success)
            {
                throw new MeterRefusal(result);
            }
        }

        private byte[] Collect(byte[] answer)
        {
            var all = new List<byte>();
            for (uint expected = 1; ; expected++)
            {
                AxdrReader reader = Open(answer, ApduTag.GetResponse, Block);
                bool isLast = reader.Byte() != 0;
                uint number = reader.UInt32();
                byte choice = reader.Byte();
                if (choice == 1)
                {
                    throw new MeterRefusal((DataAccessResult)reader.Byte());
                }

                ReadOnlySpan<byte> block = reader.Bytes(reader.Count());
                if (!reader.IsGoodToTheEnd || number != expected || (block.IsEmpty && !isLast))
                {
                    throw Nonsense(answer);
                }

                all.AddRange(block);
                if (isLast)
                {
                    return all.ToArray();
                }

                answer = _association.Ask(new AxdrWriter().Byte(ApduTag.GetRequest).Byte(Block).Byte(InvokeId).UInt32(number).ToArray());
            }
        }

        private AxdrReader Open(byte[] answer, byte tag, byte kind)
        {
            var reader = new AxdrReader(answer);
            reader.Expect(tag);
            reader.Expect(kind);
            reader.Require((reader.Byte() & 0x0F) == (InvokeId & 0x0F));
            return reader.IsGood ? reader : throw Nonsense(answer);
        }

        private UserError Nonsense(byte[] answer)
        {
            return new UserError($"the metering unit {Meter} at {Name} answers what makes no sense: {Convert.ToHexString(answer)}");
        }
    }
}
