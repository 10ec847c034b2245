<?xml version="1.0" encoding="UTF-8"?>
<!-- An instrument as a FHIR R4 Questionnaire (JSON), for the records of a
     hospital.  A condition is said by enableWhen: what must all hold, and for
     each "one of these" a group around; what that cannot say is refused with
     the item's name, as {"refused":"ITEM"}.  The sum of a framework that adds
     up is a FHIRPath expression (SDC calculatedExpression). -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:f="urn:ihala:framework:1"
    exclude-result-prefixes="ih s i f">
  <xsl:import href="texts.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:param name="digest"/><!-- of the instrument -->

  <xsl:variable name="form" select="/s:sources/s:record/i:instrument"/>
  <xsl:variable name="absent" select="'http://terminology.hl7.org/CodeSystem/data-absent-reason'"/>
  <xsl:variable name="structure" select="'http://hl7.org/fhir/StructureDefinition/'"/>
  <xsl:key name="item" match="i:item" use="@id"/>

  <xsl:template match="/">
    <xsl:variable name="refused"><xsl:apply-templates select="$form/i:section | $form/i:section/i:item" mode="refused"/></xsl:variable>
    <xsl:choose>
      <xsl:when test="$refused != ''"><xsl:value-of select="concat('{&quot;refused&quot;:&quot;', substring-before($refused, ' '), '&quot;}')"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="questionnaire"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="questionnaire">
    <xsl:text>{"resourceType":"Questionnaire","language":"en","url":"urn:ihala:instrument:</xsl:text>
    <xsl:value-of select="$form/@id"/>
    <xsl:text>","identifier":[{"system":"urn:ihala:digest","value":</xsl:text><xsl:value-of select="ih:json($digest)"/>
    <xsl:text>}],"version":</xsl:text><xsl:value-of select="ih:json($form/@version)"/>
    <xsl:text>,"name":"Interview","status":"active","subjectType":["Patient"],</xsl:text>
    <xsl:call-template name="said"><xsl:with-param name="as" select="'title'"/><xsl:with-param name="of" select="$form/i:title"/></xsl:call-template>
    <xsl:text>,"item":[</xsl:text>
    <xsl:for-each select="$form/i:section">
      <xsl:if test="position() &gt; 1">,</xsl:if>
      <xsl:call-template name="gated"><xsl:with-param name="of" select="."/></xsl:call-template>
    </xsl:for-each>
    <xsl:apply-templates select="/s:sources/s:framework/f:framework[f:points-rule or f:any-rule]"/>
    <xsl:text>]}</xsl:text>
  </xsl:template>

  <!-- "text":"...","_text":{translations} -->
  <xsl:template name="said">
    <xsl:param name="as" select="'text'"/>
    <xsl:param name="of"/>
    <xsl:value-of select="concat('&quot;', $as, '&quot;:', ih:json(normalize-space($of/i:text[@xml:lang = 'en'])), ',&quot;_', $as, '&quot;:{&quot;extension&quot;:[')"/>
    <xsl:for-each select="$tongues[@lang != 'en']">
      <xsl:variable name="text"><xsl:call-template name="pick"><xsl:with-param name="of" select="$of"/></xsl:call-template></xsl:variable>
      <xsl:call-template name="translation"><xsl:with-param name="text" select="$text"/></xsl:call-template>
    </xsl:for-each>
    <xsl:text>]}</xsl:text>
  </xsl:template>
  <xsl:template name="said-word">
    <xsl:param name="as" select="'text'"/>
    <xsl:param name="key"/>
    <xsl:value-of select="concat('&quot;', $as, '&quot;:', ih:json(ih:word($key, 'en')), ',&quot;_', $as, '&quot;:{&quot;extension&quot;:[')"/>
    <xsl:for-each select="$tongues[@lang != 'en']"><xsl:call-template name="translation"><xsl:with-param name="text" select="ih:word($key, @tag)"/></xsl:call-template></xsl:for-each>
    <xsl:text>]}</xsl:text>
  </xsl:template>
  <xsl:template name="translation">
    <xsl:param name="text"/>
    <xsl:if test="position() &gt; 1">,</xsl:if>
    <xsl:value-of select="concat('{&quot;url&quot;:&quot;', $structure, 'translation&quot;,&quot;extension&quot;:[{&quot;url&quot;:&quot;lang&quot;,&quot;valueCode&quot;:', ih:json(@lang), '},{&quot;url&quot;:&quot;content&quot;,&quot;valueString&quot;:', ih:json($text), '}]}')"/>
  </xsl:template>

  <!-- ==== a section or an item, inside a group for each "one of these" -->

  <xsl:template name="gated">
    <xsl:param name="of"/>
    <xsl:param name="at" select="1"/>
    <xsl:variable name="any" select="($of/i:ask-if/i:any | $of/i:ask-if/i:all/i:any)[count(*) &gt; 1][$at]"/>
    <xsl:choose>
      <xsl:when test="$any">
        <xsl:value-of select="concat('{&quot;linkId&quot;:', ih:json(concat($of/@id, '/', $at)), ',&quot;type&quot;:&quot;group&quot;,&quot;enableBehavior&quot;:&quot;any&quot;,&quot;enableWhen&quot;:[')"/>
        <xsl:for-each select="$any/*">
          <xsl:if test="position() &gt; 1">,</xsl:if>
          <xsl:apply-templates select="." mode="when"/>
        </xsl:for-each>
        <xsl:text>],"item":[</xsl:text>
        <xsl:call-template name="gated"><xsl:with-param name="of" select="$of"/><xsl:with-param name="at" select="$at + 1"/></xsl:call-template>
        <xsl:text>]}</xsl:text>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="$of"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="i:section">
    <xsl:value-of select="concat('{&quot;linkId&quot;:', ih:json(concat('section/', @id)), ',&quot;type&quot;:&quot;group&quot;,')"/>
    <xsl:call-template name="said"><xsl:with-param name="of" select="i:title"/></xsl:call-template>
    <xsl:call-template name="enable"/>
    <xsl:text>,"item":[</xsl:text>
    <xsl:for-each select="i:item">
      <xsl:if test="position() &gt; 1">,</xsl:if>
      <xsl:call-template name="gated"><xsl:with-param name="of" select="."/></xsl:call-template>
    </xsl:for-each>
    <xsl:text>]}</xsl:text>
  </xsl:template>

  <xsl:template match="i:item">
    <xsl:value-of select="concat('{&quot;linkId&quot;:', ih:json(@id), ',&quot;type&quot;:&quot;')"/>
    <xsl:choose>
      <xsl:when test="@choices">choice</xsl:when>
      <xsl:when test="@type = 'number'">integer</xsl:when>
      <xsl:when test="@type = 'date'">date</xsl:when>
      <xsl:otherwise>text</xsl:otherwise>
    </xsl:choose>
    <xsl:text>",</xsl:text>
    <xsl:call-template name="said"><xsl:with-param name="of" select="i:question"/></xsl:call-template>
    <xsl:if test="@type = 'choices'">,"repeats":true</xsl:if>
    <xsl:if test="@type = 'number'">
      <xsl:value-of select="concat(',&quot;extension&quot;:[{&quot;url&quot;:&quot;', $structure, 'minValue&quot;,&quot;valueInteger&quot;:', @least, '},{&quot;url&quot;:&quot;', $structure, 'maxValue&quot;,&quot;valueInteger&quot;:', @most, '}]')"/>
    </xsl:if>
    <xsl:call-template name="enable"/>
    <xsl:if test="@choices">
      <xsl:variable name="list" select="@choices"/>
      <xsl:text>,"answerOption":[</xsl:text>
      <xsl:for-each select="$form/i:choices[@id = $list]/i:choice">
        <xsl:if test="position() &gt; 1">,</xsl:if>
        <xsl:value-of select="concat('{&quot;valueCoding&quot;:{&quot;system&quot;:', ih:json(concat('urn:ihala:choices:', $list)), ',&quot;code&quot;:', ih:json(@code), ',')"/>
        <xsl:call-template name="said"><xsl:with-param name="as" select="'display'"/><xsl:with-param name="of" select="."/></xsl:call-template>
        <xsl:text>}}</xsl:text>
      </xsl:for-each>
      <xsl:if test="@how != 'integrate'"><xsl:text>,</xsl:text><xsl:call-template name="states"/></xsl:if>
      <xsl:text>]</xsl:text>
    </xsl:if>
    <xsl:text>}</xsl:text>
    <xsl:if test="not(@choices) and @how != 'integrate'">
      <xsl:value-of select="concat(',{&quot;linkId&quot;:', ih:json(concat(@id, '_why')), ',&quot;type&quot;:&quot;choice&quot;,')"/>
      <xsl:call-template name="said-word"><xsl:with-param name="key" select="'offline.why'"/></xsl:call-template>
      <xsl:call-template name="enable"/>
      <xsl:text>,"answerOption":[</xsl:text><xsl:call-template name="states"/><xsl:text>]}</xsl:text>
    </xsl:if>
  </xsl:template>
  <xsl:template name="states">
    <xsl:call-template name="state"><xsl:with-param name="code" select="'asked-unknown'"/><xsl:with-param name="key" select="'offline.unknown'"/></xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="state"><xsl:with-param name="code" select="'asked-declined'"/><xsl:with-param name="key" select="'offline.refused'"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="state">
    <xsl:param name="code"/>
    <xsl:param name="key"/>
    <xsl:value-of select="concat('{&quot;valueCoding&quot;:{&quot;system&quot;:&quot;', $absent, '&quot;,&quot;code&quot;:&quot;', $code, '&quot;,')"/>
    <xsl:call-template name="said-word"><xsl:with-param name="as" select="'display'"/><xsl:with-param name="key" select="$key"/></xsl:call-template>
    <xsl:text>}}</xsl:text>
  </xsl:template>

  <!-- ==== when it is asked -->

  <!-- All that must hold, but what a group around already says. -->
  <xsl:template name="enable">
    <xsl:variable name="all"><xsl:apply-templates select="i:ask-if/*" mode="all"/></xsl:variable>
    <xsl:if test="$all != ''"><xsl:value-of select="concat(',&quot;enableBehavior&quot;:&quot;all&quot;,&quot;enableWhen&quot;:[', substring($all, 2), ']')"/></xsl:if>
  </xsl:template>
  <xsl:template match="i:all" mode="all"><xsl:apply-templates select="*" mode="all"/></xsl:template>
  <xsl:template match="i:any[count(*) &gt; 1]" mode="all"/>
  <xsl:template match="i:any" mode="all"><xsl:apply-templates select="*" mode="all"/></xsl:template>
  <xsl:template match="i:between" mode="all">
    <xsl:value-of select="concat(',{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;&gt;=&quot;,&quot;answerInteger&quot;:', @least, '},{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;&lt;=&quot;,&quot;answerInteger&quot;:', @most, '}')"/>
  </xsl:template>
  <xsl:template match="i:not" mode="all"><xsl:apply-templates select="* " mode="none"/></xsl:template>
  <xsl:template match="*" mode="all"><xsl:text>,</xsl:text><xsl:apply-templates select="." mode="when"/></xsl:template>

  <!-- Given, and something else: an answer is there, and none of these is it. -->
  <xsl:template match="i:any" mode="none"><xsl:apply-templates select="*" mode="none"/></xsl:template>
  <xsl:template match="i:is | i:has" mode="none">
    <xsl:value-of select="concat(',{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;exists&quot;,&quot;answerBoolean&quot;:true},')"/>
    <xsl:apply-templates select="." mode="when"><xsl:with-param name="operator" select="'!='"/></xsl:apply-templates>
    <xsl:if test="key('item', @item)/@how != 'integrate'">
      <xsl:value-of select="concat(',{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;!=&quot;,&quot;answerCoding&quot;:{&quot;system&quot;:&quot;', $absent, '&quot;,&quot;code&quot;:&quot;asked-unknown&quot;}}')"/>
      <xsl:value-of select="concat(',{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;!=&quot;,&quot;answerCoding&quot;:{&quot;system&quot;:&quot;', $absent, '&quot;,&quot;code&quot;:&quot;asked-declined&quot;}}')"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="i:is | i:has" mode="when">
    <xsl:param name="operator" select="'='"/>
    <xsl:value-of select="concat('{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;', $operator, '&quot;,&quot;answerCoding&quot;:{&quot;system&quot;:', ih:json(concat('urn:ihala:choices:', key('item', @item)/@choices)), ',&quot;code&quot;:', ih:json(@code), '}}')"/>
  </xsl:template>
  <xsl:template match="i:lt" mode="when"><xsl:value-of select="concat('{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;&lt;&quot;,&quot;answerInteger&quot;:', @value, '}')"/></xsl:template>
  <xsl:template match="i:gt" mode="when"><xsl:value-of select="concat('{&quot;question&quot;:', ih:json(@item), ',&quot;operator&quot;:&quot;&gt;&quot;,&quot;answerInteger&quot;:', @value, '}')"/></xsl:template>

  <!-- ==== what cannot be said: the name of the first that is not -->

  <xsl:template match="i:section | i:item" mode="refused">
    <xsl:variable name="bad"><xsl:apply-templates select="i:ask-if/*" mode="bad"/></xsl:variable>
    <xsl:if test="$bad != ''"><xsl:value-of select="concat(@id, ' ')"/></xsl:if>
  </xsl:template>
  <xsl:template match="i:all" mode="bad"><xsl:apply-templates select="*" mode="bad"/></xsl:template>
  <xsl:template match="i:any" mode="bad"><xsl:if test="*[not(self::i:is or self::i:has or self::i:lt or self::i:gt)] or (count(*) &gt; 1 and not(parent::i:ask-if or parent::i:all/parent::i:ask-if))">x</xsl:if></xsl:template>
  <xsl:template match="i:is | i:has | i:lt | i:gt | i:between" mode="bad"/>
  <xsl:template match="i:not" mode="bad">
    <xsl:choose>
      <xsl:when test="i:is | i:has"><xsl:apply-templates select="*" mode="skipped"/></xsl:when>
      <xsl:when test="i:any[not(*[not(self::i:is or self::i:has)])]"><xsl:apply-templates select="i:any/*" mode="skipped"/></xsl:when>
      <xsl:otherwise>x</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="*" mode="bad">x</xsl:template>
  <!-- A question that was not asked makes "not" hold; enableWhen knows no such
       thing, so whatever lets it be skipped must stand beside it. -->
  <xsl:template match="i:is | i:has" mode="skipped">
    <xsl:variable name="beside"><xsl:for-each select="ancestor::i:ask-if/* | ancestor::i:ask-if/i:all/* | ancestor::i:section/i:ask-if/* | ancestor::i:section/i:ask-if/i:all/*"><xsl:apply-templates select="." mode="print"/><xsl:text> </xsl:text></xsl:for-each></xsl:variable>
    <xsl:for-each select="key('item', @item)/i:ask-if/* | key('item', @item)/../i:ask-if/*">
      <xsl:variable name="one"><xsl:apply-templates select="." mode="print"/></xsl:variable>
      <xsl:if test="not(contains($beside, concat($one, ' ')))">x</xsl:if>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="*" mode="print">
    <xsl:value-of select="concat(local-name(), '(', @item, '|', @code, @value, @least, '|', @most)"/>
    <xsl:apply-templates select="*" mode="print"/>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <!-- ==== sums -->

  <xsl:template match="f:framework">
    <xsl:value-of select="concat(',{&quot;linkId&quot;:', ih:json(concat('sum/', @id)), ',&quot;type&quot;:&quot;integer&quot;,&quot;readOnly&quot;:true,&quot;text&quot;:', ih:json(normalize-space(f:title/f:text[@xml:lang = 'en'])), ',&quot;extension&quot;:[{&quot;url&quot;:&quot;', $structure, 'questionnaire-hidden&quot;,&quot;valueBoolean&quot;:true},{&quot;url&quot;:&quot;http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression&quot;,&quot;valueExpression&quot;:{&quot;language&quot;:&quot;text/fhirpath&quot;,&quot;expression&quot;:')"/>
    <xsl:variable name="sum">
      <xsl:for-each select="f:dimension/f:indicator">
        <xsl:if test="position() &gt; 1"> + </xsl:if>
        <xsl:text>iif(</xsl:text><xsl:apply-templates select="f:when/*" mode="path"/>
        <xsl:text>, </xsl:text>
        <xsl:choose><xsl:when test="@points"><xsl:value-of select="@points"/></xsl:when><xsl:otherwise>1</xsl:otherwise></xsl:choose>
        <xsl:text>, 0)</xsl:text>
      </xsl:for-each>
    </xsl:variable>
    <xsl:value-of select="concat(ih:json($sum), '}}]}')"/>
  </xsl:template>
  <xsl:template match="f:all | f:any" mode="path">
    <xsl:variable name="with"><xsl:choose><xsl:when test="self::f:all"> and </xsl:when><xsl:otherwise> or </xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:text>(</xsl:text>
    <xsl:for-each select="*"><xsl:if test="position() &gt; 1"><xsl:value-of select="$with"/></xsl:if><xsl:apply-templates select="." mode="path"/></xsl:for-each>
    <xsl:text>)</xsl:text>
  </xsl:template>
  <xsl:template match="f:is | f:has" mode="path"><xsl:value-of select='concat("%resource.repeat(item).where(linkId = &apos;", @item, "&apos;).answer.value.where(code = &apos;", @code, "&apos;).exists()")'/></xsl:template>
  <xsl:template match="f:lt" mode="path"><xsl:value-of select='concat("%resource.repeat(item).where(linkId = &apos;", @item, "&apos;).answer.value.where($this &lt; ", @value, ").exists()")'/></xsl:template>
  <xsl:template match="f:gt" mode="path"><xsl:value-of select='concat("%resource.repeat(item).where(linkId = &apos;", @item, "&apos;).answer.value.where($this &gt; ", @value, ").exists()")'/></xsl:template>
  <xsl:template match="f:between" mode="path"><xsl:value-of select='concat("%resource.repeat(item).where(linkId = &apos;", @item, "&apos;).answer.value.where($this &gt;= ", @least, " and $this &lt;= ", @most, ").exists()")'/></xsl:template>
</xsl:stylesheet>
