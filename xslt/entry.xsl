<?xml version="1.0" encoding="UTF-8"?>
<!-- What was typed into a form of the screens, as the document that a command
     reads.  The command checks it as it checks any other. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:f="urn:ihala:form:1" exclude-result-prefixes="f">
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:key name="typed" match="f:field" use="@name"/>

  <!-- a form without a template here makes nothing, and is refused -->
  <xsl:template match="/f:form">
    <xsl:message terminate="yes">a form that is not known</xsl:message>
  </xsl:template>
</xsl:stylesheet>
