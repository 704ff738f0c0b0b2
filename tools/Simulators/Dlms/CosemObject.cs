using System;
using System.Collections.Generic;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>An object: class, logical name, attributes and methods (Blue Book 4).</summary>
    public sealed class CosemObject
    {
        private readonly List<CosemAttribute> _attributes = new();

        /// <summary>Makes an object with attribute 1, its logical name.</summary>
        /// <param name="classId">Class.</param>
        /// <param name="version">Version of the class.</param>
        /// <param name="name">Logical name.</param>
        /// <param name="rights">Who may read the logical name.</param>
        public CosemObject(ushort classId, byte version, Obis name, AccessRights rights)
        {
            ClassId = classId;
            Version = version;
            Name = name;
            Constant(1, rights & ~AccessRights.UtilityWrite, to => to.LogicalName(name));
        }

        /// <summary>Class.</summary>
        public ushort ClassId { get; }

        /// <summary>Version of the class.</summary>
        public byte Version { get; }

        /// <summary>Logical name.</summary>
        public Obis Name { get; }

        /// <summary>Attributes in ascending order.</summary>
        public IReadOnlyList<CosemAttribute> Attributes => _attributes;

        /// <summary>Methods that may be invoked.</summary>
        public CosemMethod[] Methods { get; init; } = [];

        /// <summary>Adds an attribute that reads as a whole.</summary>
        public CosemObject Constant(int id, AccessRights rights, Action<AxdrWriter> read)
        {
            return Variable(id, rights, read, null);
        }

        /// <summary>Adds an attribute that reads as a whole and may be written.</summary>
        public CosemObject Variable(
            int id, AccessRights rights, Action<AxdrWriter> read, Func<byte[], DataAccessResult> write)
        {
            return Add(new CosemAttribute(id, rights, ReadWhole, write, []));

            DataAccessResult ReadWhole(AxdrWriter to, SelectiveAccess selection)
            {
                if (selection.Selector != 0)
                {
                    return DataAccessResult.ScopeOfAccessViolated;
                }

                read(to);
                return DataAccessResult.Success;
            }
        }

        /// <summary>Adds an attribute.</summary>
        public CosemObject Add(CosemAttribute attribute)
        {
            _attributes.Add(attribute);
            return this;
        }

        /// <summary>The attribute of a number, or null.</summary>
        public CosemAttribute Find(int id)
        {
            return _attributes.Find(attribute => attribute.Id == id);
        }

        /// <summary>The method of a number, or null.</summary>
        public CosemMethod FindMethod(int id)
        {
            return Array.Find(Methods, method => method.Id == id);
        }
    }
}
