using System;
using System.Collections.Generic;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>GET, SET and ACTION on the objects of one association, in plain (Green Book 9.3).</summary>
    public sealed class AttributeServices
    {
        /// <summary>Tag, length, security header and tag of the longest ciphered APDU.</summary>
        public const int CipheringOverhead = 4 + Suite0.HeaderLength + Suite0.TagLength;

        private const byte Normal = 1;
        private const byte Next = 2;
        private const byte WithList = 3;
        private const int BlockHeaderLength = 12;
        private const int MaxDepth = 8;

        private readonly MeteringObjects _objects;
        private readonly CosemObject _associationObject;
        private readonly MeteringUnitState _state;
        private readonly MeteringUnitFaults _faults;
        private readonly Association _association;

        /// <summary>Makes the services of an association.</summary>
        public AttributeServices(
            MeteringObjects objects, MeteringUnitState state, MeteringUnitFaults faults, Association association,
            int maxReceivePdu)
        {
            _objects = objects;
            _state = state;
            _faults = faults;
            _association = association;
            _associationObject = AssociationObject.Make(objects, association, maxReceivePdu);
        }

        /// <summary>Handles a request.</summary>
        /// <param name="apdu">Plain.</param>
        /// <returns>The plain response.</returns>
        public byte[] Handle(ReadOnlySpan<byte> apdu)
        {
            var reader = new AxdrReader(apdu);
            byte tag = reader.Byte();
            byte type = reader.Byte();
            byte invokeId = reader.Byte();
            if (!reader.IsGood)
            {
                return ExceptionResponse.Other;
            }

            byte answerId = _faults.WrongInvokeId ? (byte)(invokeId ^ 1) : invokeId;
            return (tag, type) switch
            {
                (ApduTag.GetRequest, Normal) when Has(Conformance.Get) => Get(ref reader, answerId),
                (ApduTag.GetRequest, Next) when Has(Conformance.Get | Conformance.BlockTransferWithGet)
                    => GetNext(ref reader, answerId),
                (ApduTag.GetRequest, WithList) when Has(Conformance.Get | Conformance.MultipleReferences)
                    => GetList(ref reader, answerId),
                (ApduTag.SetRequest, Normal) when Has(Conformance.Set) => Set(ref reader, answerId),
                (ApduTag.ActionRequest, Normal) when Has(Conformance.Action) => Act(ref reader, answerId),
                _ => ExceptionResponse.NotSupported,
            };
        }

        private bool Has(Conformance needed)
        {
            return (_association.Conformance & needed) == needed;
        }

        private byte[] Get(ref AxdrReader reader, byte id)
        {
            AttributeReference reference = AttributeReference.Read(ref reader, MaxDepth);
            if (!reader.IsGoodToTheEnd)
            {
                return ExceptionResponse.Other;
            }

            var data = new AxdrWriter();
            DataAccessResult result = Read(reference, data);
            return result == DataAccessResult.Success
                ? Respond(id, data.ToArray(), new AxdrWriter().Byte(ApduTag.GetResponse).Byte(Normal).Byte(id).Byte(0))
                : Refuse(id, result);
        }

        private byte[] GetList(ref AxdrReader reader, byte id)
        {
            int count = reader.Count();
            var references = new List<AttributeReference>();
            for (int i = 0; i < count && reader.IsGood; i++)
            {
                references.Add(AttributeReference.Read(ref reader, MaxDepth));
            }

            if (!reader.IsGoodToTheEnd || count == 0)
            {
                return ExceptionResponse.Other;
            }

            if (_faults.ShortList && references.Count > 1)
            {
                references.RemoveAt(references.Count - 1);
            }

            AxdrWriter results = new AxdrWriter().Count(references.Count);
            foreach (AttributeReference reference in references)
            {
                int before = results.Length;
                DataAccessResult result = Read(reference, results.Byte(0));
                if (result != DataAccessResult.Success)
                {
                    results.Cut(before);
                    results.Byte(1).Byte((byte)result);
                }
            }

            return Respond(id, results.ToArray(), new AxdrWriter().Byte(ApduTag.GetResponse).Byte(WithList).Byte(id));
        }

        private byte[] GetNext(ref AxdrReader reader, byte id)
        {
            uint number = reader.UInt32();
            if (!reader.IsGoodToTheEnd)
            {
                return ExceptionResponse.Other;
            }

            LongGet longGet = _association.LongGet;
            if (longGet == null)
            {
                return RefuseBlock(id, number, DataAccessResult.NoLongGetInProgress);
            }

            if (number != longGet.Number)
            {
                _association.LongGet = null;
                return RefuseBlock(id, number, DataAccessResult.DataBlockNumberInvalid);
            }

            return SendBlock(id);
        }

        private byte[] Set(ref AxdrReader reader, byte id)
        {
            AttributeReference reference = AttributeReference.Read(ref reader, MaxDepth);
            byte[] value = reader.Data(MaxDepth).ToArray();
            if (!reader.IsGoodToTheEnd)
            {
                return ExceptionResponse.Other;
            }

            return [ApduTag.SetResponse, Normal, id, (byte)Write(reference, value)];
        }

        private byte[] Act(ref AxdrReader reader, byte id)
        {
            ushort classId = reader.UInt16();
            Obis name = reader.LogicalName();
            byte method = reader.Byte();
            byte hasParameter = reader.Byte();
            reader.Require(hasParameter <= 1);
            byte[] parameter = hasParameter == 1 ? reader.Data(MaxDepth).ToArray() : [];
            if (!reader.IsGoodToTheEnd)
            {
                return ExceptionResponse.Other;
            }

            var returned = new AxdrWriter();
            ActionResult result = Invoke(Find(name), classId, method, parameter, returned);
            AxdrWriter response = new AxdrWriter().Byte(ApduTag.ActionResponse).Byte(Normal).Byte(id).Byte((byte)result);
            return returned.Length == 0
                ? response.Byte(0).ToArray()
                : response.Byte(1).Byte(0).Bytes(returned.Written).ToArray();
        }

        // The proof of HLS is no service: it was taken before this association was there.
        private ActionResult Invoke(CosemObject item, ushort classId, byte id, byte[] parameter, AxdrWriter returned)
        {
            if (item != null && _objects.Quirks.Misses(item.Name))
            {
                return ActionResult.ObjectUndefined;
            }

            CosemMethod method = item?.ClassId == classId ? item.FindMethod(id) : null;
            if (method?.Invoke != null && method.IsAllowed(_association.Kind))
            {
                return method.Invoke(_association, parameter, returned);
            }

            Deny();
            return item == null ? ActionResult.ObjectUndefined : ActionResult.ReadWriteDenied;
        }

        private CosemObject Find(Obis name)
        {
            return name == AssociationObject.Name ? _associationObject : _objects.Find(name);
        }

        private DataAccessResult Read(AttributeReference reference, AxdrWriter to)
        {
            DataAccessResult found = Find(reference, out CosemAttribute attribute);
            if (found != DataAccessResult.Success)
            {
                return found;
            }

            if (!attribute.IsReadable(_association.Kind))
            {
                return Deny();
            }

            if (_faults.WrongTypes)
            {
                to.Null();
                return DataAccessResult.Success;
            }

            if (_objects.Quirks.Replaces(reference, to, out DataAccessResult instead))
            {
                return instead;
            }

            bool isSelective = reference.Selection.Selector != 0;
            return isSelective && !Has(Conformance.SelectiveAccess)
                ? DataAccessResult.ScopeOfAccessViolated
                : attribute.Read(to, reference.Selection);
        }

        private DataAccessResult Write(AttributeReference reference, byte[] value)
        {
            DataAccessResult found = Find(reference, out CosemAttribute attribute);
            if (found != DataAccessResult.Success)
            {
                return found;
            }

            if (!attribute.IsWritable(_association.Kind))
            {
                return Deny();
            }

            return reference.Selection.Selector != 0 ? DataAccessResult.ScopeOfAccessViolated : attribute.Write(value);
        }

        private DataAccessResult Find(AttributeReference reference, out CosemAttribute attribute)
        {
            CosemObject item = Find(reference.Name);
            attribute = item?.Find(reference.Attribute);
            return item == null ? DataAccessResult.ObjectUndefined
                : item.ClassId != reference.ClassId ? DataAccessResult.ObjectClassInconsistent
                : attribute == null ? DataAccessResult.ObjectUndefined
                : DataAccessResult.Success;
        }

        private DataAccessResult Deny()
        {
            _state.Events.Add(_objects.Time, SecurityEventCode.AccessDenied);
            return DataAccessResult.ReadWriteDenied;
        }

        // In one piece where it fits, else the first block.
        private byte[] Respond(byte id, byte[] data, AxdrWriter head)
        {
            int room = _association.MaxPdu - (_association.IsCiphered ? CipheringOverhead : 0);
            bool isForced = _faults.BlockLength > 0 && data.Length > _faults.BlockLength;
            if (head.Length + data.Length <= room && !isForced)
            {
                _association.LongGet = null;
                return head.Bytes(data).ToArray();
            }

            if (!Has(Conformance.BlockTransferWithGet))
            {
                return Refuse(id, DataAccessResult.OtherReason);
            }

            int blockLength = room - BlockHeaderLength;
            _association.LongGet = new LongGet(data,
                _faults.BlockLength > 0 ? Math.Min(blockLength, _faults.BlockLength) : blockLength);
            return SendBlock(id);
        }

        private byte[] SendBlock(byte id)
        {
            LongGet longGet = _association.LongGet;
            ReadOnlySpan<byte> block = longGet.Next();
            AxdrWriter response = BeginBlock(id, longGet.IsDone, longGet.Number).Byte(0).Count(block.Length)
                .Bytes(block);
            if (longGet.IsDone)
            {
                _association.LongGet = null;
            }

            return response.ToArray();
        }

        private static byte[] Refuse(byte id, DataAccessResult why)
        {
            return [ApduTag.GetResponse, Normal, id, 1, (byte)why];
        }

        private static byte[] RefuseBlock(byte id, uint number, DataAccessResult why)
        {
            return BeginBlock(id, true, number).Byte(1).Byte((byte)why).ToArray();
        }

        private static AxdrWriter BeginBlock(byte id, bool isLast, uint number)
        {
            return new AxdrWriter().Byte(ApduTag.GetResponse).Byte(Next).Byte(id).Byte(isLast ? (byte)1 : (byte)0)
                .UInt32(number);
        }
    }
}
