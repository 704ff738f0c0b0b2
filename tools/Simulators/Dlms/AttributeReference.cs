namespace NanoComm.Simulators.Dlms
{
    /// <summary>An attribute as a request names it.</summary>
    /// <param name="ClassId">Class.</param>
    /// <param name="Name">Logical name.</param>
    /// <param name="Attribute">Number of the attribute.</param>
    /// <param name="Selection">Selective access.</param>
    public readonly record struct AttributeReference(ushort ClassId, Obis Name, sbyte Attribute,
        SelectiveAccess Selection)
    {
        /// <summary>Reads one.</summary>
        /// <param name="reader">Where.</param>
        /// <param name="maxDepth">Deepest nesting of its parameters.</param>
        public static AttributeReference Read(ref AxdrReader reader, int maxDepth)
        {
            ushort classId = reader.UInt16();
            Obis name = reader.LogicalName();
            sbyte attribute = (sbyte)reader.Byte();
            SelectiveAccess selection = SelectiveAccess.None;
            byte isSelective = reader.Byte();
            reader.Require(isSelective <= 1);
            if (isSelective == 1)
            {
                byte selector = reader.Byte();
                selection = new SelectiveAccess(selector, reader.Data(maxDepth).ToArray());
                reader.Require(selector != 0);
            }

            return new AttributeReference(classId, name, attribute, selection);
        }
    }
}
